"""What rules are judged by, as the pulse has it; see `core/standing.py`."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import msgspec

from dashboard.core import measured
from dashboard.core.dimensions import DIMENSIONS
from dashboard.core.site import Stretch
from dashboard.pulse.beside import Keyed
from dashboard.pulse.cache import Cache
from dashboard.pulse.facts import Facts

BESIDE = frozenset(one.name for one in DIMENSIONS if not one.on_frame)
# Later than any campaign: what is on record is not undone because the figures are a little behind.
EVER_MS = 2**60


class Standing(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A campaign's figures and facts at a time of the campaign."""

    cache: Cache
    beside: Keyed
    facts: Facts
    as_of_ms: int
    told_ms: int

    @property
    def start_ms(self) -> int:
        """The first instant that counts."""
        return self.facts.start_ms

    @property
    def end_ms(self) -> int:
        """The first that no longer does."""
        return self.facts.end_ms

    @property
    def stretches(self) -> Sequence[Stretch]:
        """The states of the site."""
        return self.facts.stretches

    @cached_property
    def best_multiple(self) -> int:
        """The most thousandths of last year's total at the same minute, for all that ask."""
        return measured.best_multiple(self)

    def total(self, field: str) -> int:
        """Return the sum of a field."""
        if row := _row_beside(field):
            return self.beside.total(row)
        return self.cache.sums.total.get(field, 0)  # not [field]: that would make a sum of it

    def minutes(self, field: str) -> Iterator[tuple[int, int]]:
        """Yield number and figure of the minutes that have any, ascending."""
        if row := _row_beside(field):
            return self.beside.ascending(row)
        return self.cache.ascending(field)

    def seconds(self, field: str, minute: int) -> Sequence[tuple[int, int]]:
        """Return number and figure of the seconds kept of a minute; none where they are not."""
        return self.cache.seconds_of(minute, field)

    def keys(self, dimension: str, least: int) -> Iterator[tuple[str, int]]:
        """Yield key and gross of a breakdown's keys of `least` gross and more."""
        if dimension in BESIDE:
            yield from self.beside.keys(dimension, least)
            return
        for key, gross, _ in self.cache.sums.keys(dimension):
            if gross >= least:
                yield key, gross

    def best_minute(self) -> int:
        """Return the gross of the best minute."""
        return self.cache.best.value

    def rushes(self, least: int) -> Iterable[tuple[int, int]]:
        """Yield number and payments of the seconds of `least` payments and more, ascending."""
        return self.cache.rushes(least)

    def year_to_now(self, elapsed: int) -> int:
        """Return last year's total after `elapsed` whole minutes; 0 where it is not known."""
        return self.facts.curve.to_now(elapsed) if self.facts.curve else 0


def _row_beside(field: str) -> str:
    """Return the row of a field such as `merchant:gross:apple`; "" where frames have it."""
    dimension, _, rest = field.partition(":")
    return f"{dimension}:{rest.partition(':')[2]}" if dimension in BESIDE else ""
