"""Closed minutes in the database: what a finished campaign is read from without Redis.

A row a minute and breakdown, written again where late events or a rebuild changed it.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec
import zstandard
from django.db import transaction

from dashboard.core.dimensions import BY_NAME
from dashboard.store import ledger
from dashboard.store.tables import ClosedMinute, History

Stand = tuple[str, int]  # the generation that figures were read from, and its ledger position
_WHOLE = ""
_FIGURES = ("generation", "position", "gross", "refunds", "payments", "figures")


class Minute(msgspec.Struct, frozen=True):
    """One minute's figures as the tallies have them: field to sum, at a ledger position."""

    number: int
    position: int
    fields: dict[str, int]


class Head(msgspec.Struct, frozen=True):
    """How far a campaign's history goes; `whole`: no minute that has events was left out."""

    generation: str = ""
    position: int = 0
    whole: bool = False


def head(campaign_id: int) -> Head:
    """Return how far a campaign's history goes."""
    rows = History.objects.filter(campaign_id=campaign_id)
    row = rows.values_list("generation", "position", "whole").first()
    return Head(*row) if row else Head()


def complete(campaign_id: int) -> bool:
    """Return whether the history holds all figures of everything that was accepted."""
    kept = head(campaign_id)
    return kept.whole and kept.position == ledger.head(campaign_id)


def stands(campaign_id: int) -> dict[int, Stand]:
    """Return what each closed minute kept stands on."""
    rows = ClosedMinute.objects.filter(campaign_id=campaign_id, by=_WHOLE)
    return {n: (name, at) for n, name, at in rows.values_list("minute", "generation", "position")}


def write(campaign_id: int, generation: str, minutes: Sequence[Minute]) -> None:
    """Keep these minutes, in place of what was kept of them."""
    rows = [row for one in minutes for row in _rows(campaign_id, generation, one)]
    ClosedMinute.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=("campaign", "by", "minute"),
        update_fields=_FIGURES,
    )


@transaction.atomic
def finish(campaign_id: int, reached: Head, gone: Collection[int]) -> None:
    """Note how far the history goes now; the minutes `gone` have no events any more."""
    if gone:
        ClosedMinute.objects.filter(campaign_id=campaign_id, minute__in=gone).delete()
    History.objects.update_or_create(
        campaign_id=campaign_id, defaults=msgspec.structs.asdict(reached)
    )


class ClosedMinutes:
    """The closed minutes of one campaign; numbers are minutes since 1970 UTC."""

    def __init__(self, campaign_id: int) -> None:
        self._campaign_id = campaign_id

    def numbers(self, first: int, end: int) -> list[int]:
        """Return the minutes from `first` to `end`, not included, that have events, ascending."""
        rows = ClosedMinute.objects.filter(
            campaign_id=self._campaign_id, by=_WHOLE, minute__gte=first, minute__lt=end
        )
        return list(rows.order_by("minute").values_list("minute", flat=True))

    def fields(self, numbers: Sequence[int], fields: Sequence[str]) -> list[list[int]]:
        """Return the named fields of each minute, 0 where one is missing."""
        found = self._read(numbers, _WHOLE)
        return [[row.get(field, 0) for field in fields] for row in found]

    def breakdown(self, numbers: Sequence[int], dimension: str) -> list[dict[str, dict[str, int]]]:
        """Return each minute's measures of each key of a dimension: `{key: {measure: …}}`."""
        return self._read(numbers, dimension)

    def _read(self, numbers: Sequence[int], by: str) -> list[dict[str, Any]]:
        rows = ClosedMinute.objects.filter(
            campaign_id=self._campaign_id, by=by, minute__in=numbers
        ).values_list("minute", "figures")
        found = {number: _unpacked(bytes(packed)) for number, packed in rows}
        return [found.get(number, {}) for number in numbers]


def _rows(campaign_id: int, generation: str, minute: Minute) -> list[ClosedMinute]:
    whole, by = _apart(minute.fields)
    keys = [(name, _summed(keys), keys) for name, keys in by.items()]
    return [
        ClosedMinute(
            campaign_id=campaign_id,
            minute=minute.number,
            by=name,
            generation=generation,
            position=minute.position,
            gross=sums.get("gross", 0),
            refunds=sums.get("refunds", 0),
            payments=sums.get("payments", 0),
            figures=zstandard.compress(msgspec.json.encode(figures)),
        )
        for name, sums, figures in ((_WHOLE, whole, whole), *keys)
    ]


def _unpacked(figures: bytes) -> dict[str, Any]:
    return msgspec.json.decode(zstandard.decompress(figures), type=dict[str, Any])


def _apart(
    fields: Mapping[str, int],
) -> tuple[dict[str, int], dict[str, dict[str, dict[str, int]]]]:
    """Return the whole minute's fields, and by dimension each key's measures."""
    whole: dict[str, int] = {}
    by: dict[str, dict[str, dict[str, int]]] = {name: {} for name in BY_NAME}
    for field, figure in fields.items():
        dimension, _, rest = field.partition(":")
        if dimension in by:
            measure, _, key = rest.partition(":")
            by[dimension].setdefault(key, {})[measure] = figure
        else:
            whole[field] = figure
    return whole, by


def _summed(keys: dict[str, dict[str, int]]) -> dict[str, int]:
    return {
        measure: sum(row.get(measure, 0) for row in keys.values())
        for measure in ("gross", "refunds", "payments")
    }
