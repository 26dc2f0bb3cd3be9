"""Events of the ledger that are left out by all who read it, because they made the tally fail."""

from collections import defaultdict
from typing import cast

import msgspec
from django.db import transaction

from dashboard.core.events import decode_entries
from dashboard.store import quarantined, stuck
from dashboard.store.batch import StoredBatch
from dashboard.store.stuck import Stuck
from dashboard.store.tables import Quarantined


def places(campaign_id: int, first: int, last: int) -> dict[int, set[int]]:
    """Return the places of what is left out of the batches `first` to `last`, by their numbers."""
    found = Quarantined.objects.filter(
        campaign_id=campaign_id,
        kind=Quarantined.ISOLATED,
        batch_seq__gte=first,
        batch_seq__lte=last,
    )
    left_out: dict[int, set[int]] = defaultdict(set)
    for seq, place in found.values_list("batch_seq", "index"):
        left_out[cast("int", seq)].add(place)
    return left_out


def count(campaign_id: int) -> int:
    """Return how many events of a campaign's ledger no figure speaks of: not those released."""
    isolated = Quarantined.objects.filter(campaign_id=campaign_id, kind=Quarantined.ISOLATED)
    return isolated.exclude(state=Quarantined.RELEASED).count()


@transaction.atomic
def put(campaign_id: int, batch: StoredBatch, number: int, after: Stuck) -> None:
    """Leave one of the events of `batch` out from now on, and keep it in the quarantine.

    `after` is what is stuck then: at once, or the event that follows would be taken for this one.
    """
    line = batch.part(number, number + 1).lines.rstrip(b"\n")
    try:
        event_id = decode_entries(line)[0].id
    except msgspec.MsgspecError:
        event_id = ""
    row = Quarantined(
        campaign_id=campaign_id,
        source_id=batch.source_id,
        received_ms=batch.received_ms,
        kind=Quarantined.ISOLATED,
        reason="event: made the tally fail; left out",
        event_id=event_id[:128],
        batch_seq=batch.seq,
        index=batch.place(number),
        raw=line,
    )
    quarantined.keep([row])
    stuck.put(campaign_id, after)
