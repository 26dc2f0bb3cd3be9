"""Milestones in the database; how they fire is in `firing.py`."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from dashboard.core.milestones import GROSS_KINDS, Threshold
from dashboard.store import references
from dashboard.store.redating import REDATED
from dashboard.store.tables import Milestone, MilestoneNote

_OF_OTHER_YEARS = GROSS_KINDS | {Milestone.PEAK_MINUTE}


def listed(campaign_id: int, reference_total: int | None) -> list[Threshold]:
    """Return a campaign's milestones of gross, lowest first; amounts in minor units.

    Those of kind `reference_total` have the amount `reference_total` until they fire, and are left
    out where there is no such year to beat.
    """
    return [one for one in every(campaign_id, reference_total) if one.of_gross]


def every(
    campaign_id: int, reference_total: int | None, best_minute: int | None = None
) -> list[Threshold]:
    """Return a campaign's milestones of all kinds, by amount, each in the measure of its kind.

    `best_minute` is that of the year to beat: what a peak minute of amount 0 is held against. A
    milestone of a year that is not there is left out until it is.
    """
    rows = list(Milestone.objects.filter(campaign_id=campaign_id).defer("words", "words_zh"))
    awaited = {row.kind for row in rows if row.crossed_ms is None}
    past = references.totals(campaign_id) if Milestone.PAST_TOTAL in awaited else {}
    found = []
    for row in rows:
        wanted = {
            Milestone.REFERENCE_TOTAL: reference_total,
            Milestone.PAST_TOTAL: past.get(row.of),
            Milestone.PEAK_MINUTE: row.amount or best_minute,
        }.get(row.kind, row.amount)
        amount = row.amount if row.crossed_ms is not None else wanted
        if amount or row.kind not in _OF_OTHER_YEARS:
            found.append(_threshold(row, amount or 0))
    return sorted(found, key=lambda one: (one.amount, one.key))


def _threshold(row: Milestone, amount: int) -> Threshold:
    facts = row.facts or {}
    return Threshold(
        id=row.pk,
        key=row.key,
        kind=row.kind,
        amount=amount,
        label=row.label,
        label_zh=row.label_zh,
        crossed_ms=row.crossed_ms,
        announced_ms=row.announced_ms,
        confirmed=row.confirmed,
        take_over=row.take_over,
        late=row.late,
        dimension=row.dimension,
        of=row.of,
        asked=row.amount,
        rule=row.rule_id,
        total=row.total,
        title=facts.get("label", ""),
        title_zh=facts.get("label_zh", ""),
        value=facts.get("value"),
        precise=facts.get("precise", True),
        undercut=facts.get("undercut", False),
    )


def fallen(milestone_id: int) -> Milestone | None:
    """Return a milestone that fell, with its campaign at hand; None where it has not."""
    rows = Milestone.objects.select_related("campaign").filter(crossed_ms__isnull=False)
    return rows.filter(pk=milestone_id).first()


def rows(campaign_id: int, key: str = "") -> list[Milestone]:
    """Return a campaign's rules and milestones, or that of `key`; their campaign is at hand."""
    found = Milestone.objects.select_related("campaign").filter(campaign_id=campaign_id)
    return list((found.filter(key=key) if key else found).order_by("kind", "amount", "key"))


def with_notes(campaign_id: int) -> list[Milestone]:
    """Return a campaign's milestones with their notes at hand: those that fell first, in order."""
    found = Milestone.objects.filter(campaign_id=campaign_id).prefetch_related("notes")
    return list(found.order_by(F("crossed_ms").asc(nulls_last=True), "amount", "key"))


def announce(ids: Sequence[int], at_ms: int) -> None:
    """Record the real time at which a frame carried these for the first time."""
    Milestone.objects.filter(pk__in=ids, announced_ms__isnull=True).update(announced_ms=at_ms)


def redated(campaign_id: int) -> set[int]:
    """Return the numbers of the milestones whose record was dated anew."""
    notes = MilestoneNote.objects.filter(milestone__campaign_id=campaign_id, what=REDATED)
    return set(notes.values_list("milestone_id", flat=True))


@transaction.atomic
def confirm(ids: Sequence[int], at_ms: int) -> None:
    """Record, at `at_ms` (real time), that nothing accepted can move these any more."""
    Milestone.objects.filter(pk__in=ids).update(confirmed=True)
    MilestoneNote.objects.bulk_create(
        MilestoneNote(milestone_id=one, at_ms=at_ms, what="confirmed") for one in ids
    )
