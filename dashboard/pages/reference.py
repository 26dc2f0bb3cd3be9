"""Other years' curves, to be drawn under this one's."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

import msgspec
from django.http import HttpRequest, HttpResponse

from dashboard.core.events import rfc3339
from dashboard.core.frame import Names
from dashboard.core.milestones import Threshold
from dashboard.pages.access import campaign_or_404, keep
from dashboard.pages.figures import as_json
from dashboard.pages.problems import allow
from dashboard.store import milestones, references
from dashboard.store.tables import Campaign, Reference

# [minutes from the start, running total], at each quarter of an hour.
Points = list[tuple[int, int]]


class Passed(msgspec.Struct):
    """One of this year's milestones, and the minute in which that year passed it; null if never."""

    key: str
    amount: int
    label: str
    label_zh: str
    offset_minutes: int | None


class Year(msgspec.Struct, kw_only=True):
    """One year: gross a minute from this campaign's `start`; without a label none is loaded."""

    label: str | None = None
    basis: Names = Names("", "")
    total: int | None = None
    start: str
    step_seconds: int = 60
    minutes: list[int] = []
    milestones: list[Passed] = []
    counters: dict[str, Points] = {}
    by: dict[str, dict[str, Points]] = {}


class Years(Year, kw_only=True):
    """The year that the wall compares with, and the others loaded."""

    others: list[Year] = []


@allow("GET", "HEAD")
def reference(request: HttpRequest, slug: str) -> HttpResponse:
    """Return last year's curve, and the other years'."""
    campaign = campaign_or_404(request, slug, walls=True)
    response = as_json(years(campaign))
    keep(response, campaign)
    return response


def years(campaign: Campaign) -> Years:
    """Return the years loaded for a campaign, in minor units, laid over its own window."""
    loaded = references.every(campaign.pk)
    thresholds = milestones.listed(campaign.pk, loaded[0].total if loaded else None)
    if not loaded:
        goals = [_passed(one, None) for one in thresholds]
        return Years(start=rfc3339(campaign.start_ms), milestones=goals)
    first, *others = [_year(campaign, row, thresholds) for row in loaded]
    return Years(**msgspec.structs.asdict(first), others=others)


def passed(minutes: Sequence[int], amounts: Sequence[int]) -> list[int | None]:
    """Return for each amount the minute, from the start, in which the running total reached it.

    Equality counts; None where the whole curve stays below.
    """
    totals = list(accumulate(minutes))
    places = (bisect_left(totals, amount) for amount in amounts)
    return [place if place < len(totals) else None for place in places]


def _passed(one: Threshold, offset: int | None) -> Passed:
    return Passed(one.key, one.amount, one.label, one.label_zh, offset)


def _year(campaign: Campaign, row: Reference, thresholds: Sequence[Threshold]) -> Year:
    offsets = passed(row.minutes, [one.amount for one in thresholds])
    return Year(
        label=row.label,
        basis=Names(row.basis, row.basis_zh or row.basis),
        total=row.total,
        start=rfc3339(campaign.start_ms),
        minutes=row.minutes,
        milestones=[_passed(*each) for each in zip(thresholds, offsets, strict=True)],
        counters=row.counters,
        by=row.by,
    )
