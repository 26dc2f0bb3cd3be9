"""Recounting: the money of each minute anew from the ledger.

The check that runs beside the board: it follows the ledger batch by batch, remembers the ids it
has met, 24 bytes each and as much again for a moment, and adds up. Of the tally it shares the index
that says whether an id was met before; not how an event is read and hashed, nor how figures are
summed, committed and read back.
"""

import time
from collections import defaultdict
from collections.abc import Sequence

import msgspec
import numpy as np

from dashboard.core.clock import MINUTE_MS
from dashboard.core.events import EventType
from dashboard.store import ledger
from dashboard.store.batch import StoredBatch
from dashboard.tally.columns import chunks
from dashboard.tally.ids import Ids
from dashboard.tally.index import Index, sort_out
from dashboard.tally.reading import KINDS, Figures, whole

# So many events are decoded at once: some milliseconds, a megabyte.
_EVENTS_A_RUN = 5_000
# The sum of which figure is which measure of a minute, by kind of event.
_AMOUNTS = {
    "payment.succeeded": "gross",
    "payment.refunded": "refunds",
    "topup.succeeded": "topups",
}
_COUNTS = {
    "payment.succeeded": "payments",
    "payment.failed": "failed",
    "order.submitted": "submitted",
    "topup.succeeded": "topup_count",
}
MEASURES = (*_AMOUNTS.values(), *_COUNTS.values())
# Multiplied by the source's number, so that each source has ids of its own.
_SOURCE_FACTORS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))


class _Told(msgspec.Struct, frozen=True, gc=False):
    """What is recounted of an event; as for its other fields, see `core.events.Entry`."""

    id: str
    type: EventType
    at: int
    amount: int = 0
    count: int = 1


_decode = msgspec.json.Decoder(_Told).decode_lines


class Recount:
    """One campaign's minutes, recounted up to ledger position `position`."""

    def __init__(self, campaign_id: int) -> None:
        self.campaign_id = campaign_id
        self.position = 0
        self.minutes: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(MEASURES, 0))
        self._index = Index()

    def follow(self, until: int, seconds: float) -> bool:
        """Recount up to batch `until`, for about `seconds`; return whether that was reached.

        Raises `ledger.CorruptBatch` and `django.db.DatabaseError`.
        """
        end = time.monotonic() + seconds
        following = ledger.stream_after(self.campaign_id, self.position, until)
        for run in chunks(following, _EVENTS_A_RUN):
            self._add(run)
            self.position = run[-1].seq
            if time.monotonic() >= end:
                break
        return self.position >= until

    def total(self, measure: str, window: range) -> int:
        """Return the sum of one measure over the minutes of a window."""
        return sum(row[measure] for minute, row in self.minutes.items() if minute in window)

    def _add(self, run: Sequence[StoredBatch]) -> None:
        told = _decode(b"".join(batch.lines for batch in run))
        if len(told) != sum(batch.count for batch in run):
            raise ValueError(f"batches {run[0].seq} to {run[-1].seq}: events are missing")
        ids = _ids(run, told)
        new, _ = sort_out(ids, self._index)
        rows = np.flatnonzero(new)
        self._index.add(ids[rows])
        kinds = np.array([KINDS[one.type] for one in told], np.int8)[rows]
        minutes = whole([one.at for one in told])[rows] // MINUTE_MS
        amounts = whole([one.amount for one in told])[rows]
        counts = whole([one.count for one in told])[rows]
        for measures, figures in ((_AMOUNTS, amounts), (_COUNTS, counts)):
            for kind, measure in measures.items():
                chosen = kinds == KINDS[kind]
                self._sum(measure, minutes[chosen], figures[chosen])

    def _sum(self, measure: str, minutes: Figures, figures: Figures) -> None:
        distinct, places = np.unique(minutes, return_inverse=True)
        sums: Figures = np.zeros(len(distinct), _wide_enough(figures))
        np.add.at(sums, places, figures)
        for minute, figure in zip(distinct.tolist(), sums.tolist(), strict=True):
            self.minutes[minute][measure] += figure


def _ids(run: Sequence[StoredBatch], told: list[_Told]) -> Ids:
    """Return two hashes of each event's source and id, which hold in this process alone.

    Keyed by Python at its start, and a third of the digests' cost. The first event of an id counts,
    whatever its body, so that there is nothing to check.
    """
    names = [one.id for one in told]
    sources = np.repeat(
        np.array([batch.source_id for batch in run], np.uint64), [batch.count for batch in run]
    )
    high, low = (
        np.array([hash(before + name) for name in names], np.int64).view(np.uint64)
        ^ (sources * factor)
        for before, factor in zip(("", "\0"), _SOURCE_FACTORS, strict=True)
    )
    return Ids(high, low, np.zeros(len(told), np.uint32))


def _wide_enough(figures: Figures) -> type:
    """Return the type in which any sum of these is exact: int64, or Python's integers."""
    if figures.dtype == object or not len(figures):
        return object
    most = max(abs(int(figures.max())), abs(int(figures.min())))
    return np.int64 if most * len(figures) < 2**63 else object
