"""Loading another year of a campaign, as the curve to beat."""

import msgspec
from django.db import transaction
from django.utils.text import slugify

from dashboard.core.reference import Points
from dashboard.store.tables import Campaign, Milestone, Reference


class OtherYear(msgspec.Struct, frozen=True, kw_only=True):
    """Another year: gross of each minute from its start, minor units; `minutes` may be empty.

    `counters` and `by` hold running totals, `[[offset_minutes, total], …]`, by name, and by
    dimension and key.
    """

    label: str
    total: int
    minutes: list[int]
    basis: str = ""
    basis_zh: str = ""
    counters: dict[str, Points] = {}
    by: dict[str, dict[str, Points]] = {}


@transaction.atomic
def put(campaign: Campaign, year: OtherYear, *, primary: bool) -> None:
    """Load a year, in place of one with the same label; `primary` makes it the one to beat.

    The whole total of the year to beat is a milestone.

    Raises `django.core.exceptions.ValidationError`, which names each wrong field.
    """
    row = Reference.objects.filter(campaign=campaign, label=year.label).first()
    row = row or Reference(campaign=campaign)
    for field, value in msgspec.structs.asdict(year).items():
        setattr(row, field, value)
    row.primary = primary
    row.full_clean(exclude=["minutes"])  # may be empty
    row.save()
    if primary:
        campaign.references.exclude(pk=row.pk).update(primary=False)
        _make_milestone(campaign, year)


def _make_milestone(campaign: Campaign, year: OtherYear) -> None:
    """Have the year's whole total as a milestone, unless a whole total is one already."""
    totals = campaign.milestones.filter(kind=Milestone.REFERENCE_TOTAL)
    if year.total and not totals.exists():
        totals.create(
            campaign=campaign,
            key=f"all-of-{slugify(year.label) or 'the-year-before'}",
            kind=Milestone.REFERENCE_TOTAL,
            amount=year.total,
        )
