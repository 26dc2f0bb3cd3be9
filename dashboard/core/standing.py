"""What rules are judged by: a campaign's figures as they stand, whoever keeps them."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from dashboard.core.site import Stretch


class Standing(Protocol):
    """The figures of the window, inside which minutes are numbered since 1970 UTC.

    Fields are named as in `rows.py`; times are campaign time, ms.
    """

    @property
    def start_ms(self) -> int:
        """The first instant that counts."""
        ...

    @property
    def end_ms(self) -> int:
        """The first that no longer does."""
        ...

    @property
    def as_of_ms(self) -> int:
        """Up to when everything accepted is counted."""
        ...

    @property
    def told_ms(self) -> int:
        """Up to when sources have told what happened; no later."""
        ...

    @property
    def stretches(self) -> Sequence[Stretch]:
        """The states of the site, oldest first."""
        ...

    @property
    def best_multiple(self) -> int:
        """The most thousandths of last year's total at the same minute; see `measured.py`."""
        ...

    def total(self, field: str) -> int:
        """Return the sum of a field."""
        ...

    def minutes(self, field: str) -> Iterable[tuple[int, int]]:
        """Yield number and figure of the minutes that have any, ascending."""
        ...

    def seconds(self, field: str, minute: int) -> Sequence[tuple[int, int]]:
        """Return number and figure of the seconds kept of a minute; none where they are not."""
        ...

    def keys(self, dimension: str, least: int) -> Iterable[tuple[str, int]]:
        """Yield key and gross of a breakdown's keys of `least` gross and more."""
        ...

    def best_minute(self) -> int:
        """Return the gross of the best minute."""
        ...

    def rushes(self, least: int) -> Iterable[tuple[int, int]]:
        """Yield number and payments of the seconds of `least` payments and more, ascending."""
        ...

    def year_to_now(self, elapsed: int) -> int:
        """Return last year's total after `elapsed` whole minutes; 0 where it is not known."""
        ...
