"""The quarantine: events kept aside, and how many they are.

The numbers are changed in the transactions that change the quarantine, so that who asks for them
counts no millions of rows.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F, Sum

from dashboard.store.tables import Campaign, KeptAside, Quarantined

# Campaign, kind, field, state.
Place = tuple[int, str, str, str]


def field_of(reason: str) -> str:
    """Return the field that a reason begins with, such as `amount`; else `event`."""
    field = reason.partition(":")[0]
    return field if field.isidentifier() and len(field) <= 16 else "event"


def keep(rows: Sequence[Quarantined]) -> None:
    """Keep events aside, in a transaction."""
    if not rows:
        return
    with transaction.atomic():
        for row in rows:
            row.field = field_of(row.reason)
        Quarantined.objects.bulk_create(rows)
        add_up(Counter(_place(row) for row in rows))


def keep_conflicts(rows: Sequence[Quarantined]) -> None:
    """Keep conflicts of one campaign aside; one that was kept before is kept once."""
    if not rows:
        return
    with transaction.atomic():
        for row in rows:
            row.field = field_of(row.reason)
        # Whoever keeps conflicts of this campaign waits here for its turn.
        add_up({_place(row): 0 for row in rows})
        kept = Quarantined.objects.filter(
            campaign_id=rows[0].campaign_id,
            kind=Quarantined.CONFLICT,
            batch_seq__in={row.batch_seq for row in rows},
        )
        before = set(kept.values_list("batch_seq", "index"))
        new = {(row.batch_seq, row.index): row for row in rows}
        keep([row for place, row in new.items() if place not in before])


def add_up(changes: Mapping[Place, int]) -> None:
    """Add to the numbers of events kept aside; in one order, so that no two wait for each other."""
    for (campaign_id, kind, field, state), change in sorted(changes.items()):
        counted = KeptAside.objects.filter(
            campaign_id=campaign_id, kind=kind, field=field, state=state
        )
        if not counted.update(number=F("number") + change):
            KeptAside.objects.get_or_create(
                campaign_id=campaign_id, kind=kind, field=field, state=state
            )
            counted.update(number=F("number") + change)


def _place(row: Quarantined) -> Place:
    return row.campaign_id, row.kind, row.field, row.state


def counts() -> list[tuple[str, str, str, int]]:
    """Return how many events are kept aside: campaign's slug, kind, state, number."""
    rows = KeptAside.objects.values_list("campaign__slug", "kind", "state")
    return list(rows.annotate(Sum("number")).order_by("campaign__slug", "kind", "state"))


def waiting(campaign: Campaign) -> list[tuple[str, str, int]]:
    """Return how many of a campaign's events wait for a decision: kind, field, number."""
    rows = KeptAside.objects.filter(
        campaign=campaign, state=Quarantined.WAITING, number__gt=0
    ).order_by("kind", "-number", "field")
    return list(rows.values_list("kind", "field", "number"))


def fields() -> list[str]:
    """Return the fields that anything was ever kept aside for."""
    return sorted(set(KeptAside.objects.values_list("field", flat=True)))
