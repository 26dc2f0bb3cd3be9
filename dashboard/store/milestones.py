"""Milestones in the database: fired once, each by a conditional update."""

from collections.abc import Sequence

from django.db.models import Q

from dashboard.core.milestones import GROSS, GROSS_KINDS, Threshold
from dashboard.store.tables import Milestone


def listed(campaign_id: int, reference_total: int | None) -> list[Threshold]:
    """Return a campaign's milestones of gross, lowest first; amounts in minor units.

    Those of kind `reference_total` have the amount `reference_total` until they fire, and are left
    out where there is no such year to beat.
    """
    return [one for one in every(campaign_id, reference_total) if one.measure == GROSS]


def every(campaign_id: int, reference_total: int | None) -> list[Threshold]:
    """Return a campaign's milestones of all kinds, by amount, each in the measure of its kind."""
    rows = Milestone.objects.filter(campaign_id=campaign_id).defer("words", "words_zh")
    found = [_threshold(row, reference_total) for row in rows]
    return sorted((one for one in found if one), key=lambda one: (one.amount, one.key))


def _threshold(row: Milestone, reference_total: int | None) -> Threshold | None:
    amount: int | None = row.amount
    if row.kind == Milestone.REFERENCE_TOTAL and row.crossed_ms is None:
        amount = reference_total
    if not amount and row.kind in GROSS_KINDS:
        return None
    facts = row.facts or {}
    return Threshold(
        id=row.pk,
        key=row.key,
        kind=row.kind,
        amount=amount or 0,
        label=row.label,
        label_zh=row.label_zh,
        crossed_ms=row.crossed_ms,
        announced_ms=row.announced_ms,
        confirmed=row.confirmed,
        take_over=row.take_over,
        late=row.late,
        title=facts.get("label", ""),
        title_zh=facts.get("label_zh", ""),
    )


def fire(threshold: Threshold, crossed_ms: int, position: int, total: int, confirmed: bool) -> bool:
    """Record that a threshold fell in the second `crossed_ms` (campaign time); True if it was now.

    `position` and `total` are the proof: the ledger position and the gross it was fired on. Nothing
    is done where it fell before, or staff have changed its amount since `threshold` was read.
    """
    unfired = Milestone.objects.filter(pk=threshold.id, crossed_ms__isnull=True)
    unchanged = Q(kind=Milestone.REFERENCE_TOTAL) | Q(amount=threshold.amount)
    fired = unfired.filter(unchanged, kind=threshold.kind).update(
        crossed_ms=crossed_ms,
        amount=threshold.amount,
        position=position,
        total=total,
        confirmed=confirmed,
    )
    return fired == 1


def announce(ids: Sequence[int], at_ms: int) -> None:
    """Record the real time at which a frame carried these for the first time."""
    Milestone.objects.filter(pk__in=ids, announced_ms__isnull=True).update(announced_ms=at_ms)


def confirm(ids: Sequence[int]) -> None:
    """Record that nothing accepted can move these any more."""
    Milestone.objects.filter(pk__in=ids).update(confirmed=True)
