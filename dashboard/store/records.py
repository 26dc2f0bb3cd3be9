"""The ledger's rows as they lie in the database, for those that doubt them."""

from collections.abc import Iterator

import msgspec
import zstandard

from dashboard.core.seal import Stamp
from dashboard.store.tables import Batch, LedgerHead

_PAGE = 50
_COLUMNS = ("seq", "source_id", "received_ms", "count", "sha256", "events_before", "payload")


class Record(msgspec.Struct, frozen=True):
    """A batch as it lies there; nothing about it has been checked."""

    stamp: Stamp
    events_before: int
    payload: bytes

    def lines(self) -> bytes:
        """Return the payload's lines; nothing where it cannot be read."""
        try:
            return zstandard.ZstdDecompressor().decompressobj().decompress(self.payload)
        except zstandard.ZstdError:
            return b""


def records(campaign_id: int, after: int, until: int) -> Iterator[Record]:
    """Yield the batches after number `after`, up to `until`, in their order, page by page."""
    rows = Batch.objects.filter(campaign_id=campaign_id, seq__lte=until).order_by("seq")
    while page := list(rows.filter(seq__gt=after).values_list(*_COLUMNS)[:_PAGE]):
        for seq, source, received_ms, count, sha256, events_before, payload in page:
            stamp = Stamp(seq, source, received_ms, count, bytes(sha256))
            yield Record(stamp, events_before, bytes(payload))
        after = page[-1][0]


def end(campaign_id: int) -> tuple[int, int]:
    """Return the number of the ledger's last batch and how many events it holds, by its head."""
    rows = LedgerHead.objects.filter(campaign_id=campaign_id).values_list("seq", "events")
    return rows.first() or (0, 0)


def beyond_the_end(campaign_id: int) -> int | None:
    """Return the number of a batch past the ledger's end, as its head has it; None: there is none.

    One statement, so that a ledger that grows meanwhile is seen as of one moment.
    """
    end = LedgerHead.objects.filter(campaign_id=campaign_id).values("seq")[:1]
    past = Batch.objects.filter(campaign_id=campaign_id, seq__gt=end).order_by("seq")
    return past.values_list("seq", flat=True).first()
