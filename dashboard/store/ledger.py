"""The ledger: append-only batches of accepted events, the source of truth.

A batch's number is given under the row lock of the campaign's head, so numbers have no gaps and
become visible in their order: who has read up to `seq` has missed nothing before it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from django.db import transaction
from django.db.models.functions import Length

from dashboard.store import appending, aside, deadlocks, isolated
from dashboard.store.batch import CorruptBatch as CorruptBatch
from dashboard.store.batch import PackedBatch as PackedBatch
from dashboard.store.batch import StoredBatch as StoredBatch
from dashboard.store.incoming import Incoming as Incoming
from dashboard.store.incoming import Reject as Reject
from dashboard.store.tables import Batch, LedgerHead

_ROW = ("seq", "source_id", "received_ms", "count", "sha256", "payload")
_PAGE, _FIRST_PAGE = 50, 8


class Backlog(msgspec.Struct, frozen=True):
    """What lies after a position: batches, events, and when the oldest came (ms; 0 if none)."""

    batches: int
    events: int
    oldest_ms: int


def append(incoming: Sequence[Incoming]) -> list[int]:
    """Commit all of `incoming` at once and return each one's batch number.

    Durable when it returns. 0 stands for a request without events for the ledger. Raises
    `django.db.DatabaseError` where nothing was committed.
    """
    packed = [appending.packed(one.lines) for one in incoming]
    return deadlocks.tried_again(lambda: _append(incoming, packed))


def _append(incoming: Sequence[Incoming], packed: Sequence[tuple[bytes, bytes]]) -> list[int]:
    numbers, rows = [], []
    with transaction.atomic():
        heads = _lock_heads([one for one in incoming if one.count])
        for one, (sha256, payload) in zip(incoming, packed, strict=True):
            if not one.count:
                numbers.append(0)
                continue
            head = heads[one.campaign_id]
            head.seq += 1
            numbers.append(head.seq)
            place = (one.campaign_id, head.seq, one.source_id, one.received_ms)
            rows.append((*place, one.count, head.events, sha256, payload))
            head.events += one.count
        appending.insert(rows)
        aside.keep_rejects(incoming, numbers)
    return numbers


def _lock_heads(stored: Sequence[Incoming]) -> dict[int, appending.Head]:
    """Move the heads on behind all of `stored`, locked in one order; return them from before."""
    counts: dict[int, list[int]] = defaultdict(list)
    for one in stored:
        counts[one.campaign_id].append(one.count)
    return {
        campaign_id: appending.advance(campaign_id, len(some), sum(some))
        for campaign_id, some in sorted(counts.items())
    }


def head(campaign_id: int) -> int:
    """Return the number of the campaign's last batch; 0 where there is none."""
    return _head(campaign_id)[0]


def events(campaign_id: int) -> int:
    """Return how many events the campaign's ledger holds, repetitions included."""
    return _head(campaign_id)[1]


def _head(campaign_id: int) -> tuple[int, int]:
    row = LedgerHead.objects.filter(campaign_id=campaign_id).values_list("seq", "events").first()
    return row or (0, 0)


def heads() -> dict[int, int]:
    """Return the number of the last batch of every campaign that has one."""
    return dict(LedgerHead.objects.filter(seq__gt=0).values_list("campaign_id", "seq"))


def backlog(campaign_id: int, position: int) -> Backlog:
    """Return what lies after batch number `position`."""
    seq, events = _head(campaign_id)
    oldest = (
        Batch.objects.filter(campaign_id=campaign_id, seq=position + 1)
        .values_list("received_ms", "events_before")
        .first()
    )
    if oldest is None or seq <= position:
        return Backlog(0, 0, 0)
    return Backlog(seq - position, events - oldest[1], oldest[0])


def bytes_an_event(campaign_id: int) -> int:
    """Return what an event of the newest batches occupies, in bytes, rounded up; 0 without any."""
    newest = Batch.objects.filter(campaign_id=campaign_id).order_by("-seq")[:20]
    sizes = list(newest.annotate(size=Length("payload")).values_list("size", "count"))
    events = sum(count for _size, count in sizes)
    return -(-sum(size for size, _count in sizes) // events) if events else 0


def read_after(campaign_id: int, position: int, max_events: int) -> list[StoredBatch]:
    """Return the batches after `position`, in order: while within `max_events`, one at least.

    Raises `CorruptBatch`.
    """
    found: list[StoredBatch] = []
    page = _FIRST_PAGE
    while True:
        after = Batch.objects.filter(campaign_id=campaign_id, seq__gt=position).order_by("seq")
        rows = list(after.values_list(*_ROW)[:page])
        left_out = isolated.places(campaign_id, rows[0][0], rows[-1][0]) if rows else {}
        for row in rows:
            max_events -= row[3]
            if found and max_events < 0:
                return found
            found.append(_packed(campaign_id, left_out, row).unpacked())
        if len(rows) < page:
            return found
        # Batches are large, and few are read too many; or small, and soon the pages are long.
        position, page = rows[-1][0], 2 * page


def stream_after(
    campaign_id: int, position: int, until: int | None = None
) -> Iterator[StoredBatch]:
    """Yield the batches after `position`, up to number `until` where given, in order.

    Raises `CorruptBatch`.
    """
    return (batch.unpacked() for batch in packed_after(campaign_id, position, until))


def packed_after(
    campaign_id: int, position: int, until: int | None = None
) -> Iterator[PackedBatch]:
    """Yield the batches that `stream_after` yields, as they are kept.

    Page by page, so that no cursor stays open.
    """
    rows = Batch.objects.filter(campaign_id=campaign_id).order_by("seq")
    if until is not None:
        rows = rows.filter(seq__lte=until)
    while page := list(rows.filter(seq__gt=position).values_list(*_ROW)[:_PAGE]):
        left_out = isolated.places(campaign_id, page[0][0], page[-1][0])
        yield from (_packed(campaign_id, left_out, row) for row in page)
        position = page[-1][0]


_Row = tuple[int, int, int, int, bytes, bytes]


def _packed(campaign_id: int, left_out: Mapping[int, set[int]], row: _Row) -> PackedBatch:
    seq, source_id, received_ms, stored, sha256, payload = row
    places = frozenset(left_out.get(seq, ()))
    kept = (bytes(sha256), bytes(payload), places)
    return PackedBatch(campaign_id, seq, source_id, received_ms, stored, *kept)
