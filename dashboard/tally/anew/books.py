"""The books: every figure of a campaign up to a ledger position, by itself."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
import numpy as np
import polars as pl

from dashboard.core.turnover import HOUR_MS, Tally
from dashboard.store import ledger
from dashboard.store.batch import PackedBatch
from dashboard.tally.ahead import ahead
from dashboard.tally.anew.figures import Figures
from dashboard.tally.anew.ids import ids_of
from dashboard.tally.anew.orders import Orders
from dashboard.tally.anew.refunds import Overrefunded, Refunds
from dashboard.tally.columns import chunks
from dashboard.tally.frames import decoded
from dashboard.tally.ids import Ids
from dashboard.tally.index import Index, Mask, sort_out

# A frame holds so many events: some 100 MB for a moment.
EVENTS_A_FRAME = 100_000

Buyers = Callable[[int, pl.Series], object]


class _Part(msgspec.Struct):
    """A frame of events, the number of its last batch, and which are new: all if None."""

    frame: pl.DataFrame
    last: int
    new: Mask | None = None


class Books:
    """Keeps what tells the events apart, 24 bytes each, and the sums; `buyers` is told who paid.

    `buyers` is called with an hour since 1970 UTC and names, which may come again.
    """

    def __init__(self, campaign_id: int, buyers: Buyers = lambda *_: None) -> None:
        self._campaign_id = campaign_id
        self._buyers = buyers
        self._index = Index()
        self._figures, self._orders, self._refunds = Figures(), Orders(), Refunds()
        self.position = self.conflicts = 0

    @property
    def events(self) -> int:
        """How many events count, each once."""
        return len(self._index)

    def follow(self, until: int, progress: Callable[[int], object] = lambda _: None) -> None:
        """Take in the batches up to number `until`; `progress` is told how many events.

        Raises `ledger.CorruptBatch` and `django.db.DatabaseError`.
        """
        self.take(ledger.packed_after(self._campaign_id, self.position, until), progress)

    def take(
        self,
        batches: Iterable[PackedBatch],
        progress: Callable[[int], object] = lambda _: None,
    ) -> None:
        """Take in `batches`, which come next in the ledger. Raises `ledger.CorruptBatch`."""
        for events, last in ahead(self._add, self._new(batches), threads=1):
            self.position = last
            progress(events)

    def tally(self) -> Tally:
        """Return every figure but orders and buyers."""
        minutes = self._figures.minutes()
        self._orders.minutes(minutes)
        return Tally(
            position=self.position,
            watermark_ms=self._orders.watermark_ms,
            minutes=minutes,
            seconds=self._figures.seconds(),
            pending=self._orders.pending(),
            keys={name: set(known.fresh) for name, known in self._figures.known.items()},
        )

    def orders(self) -> Iterator[tuple[str, Sequence[str | int]]]:
        """Yield the orders that are remembered: id, and the fields of `core.orders.Order`."""
        return self._orders.held()

    def refunded_above_paid(self) -> list[Overrefunded]:
        """Return the orders that were refunded above what they paid, the worst first."""
        return self._refunds.above_paid()

    def _new(self, batches: Iterable[PackedBatch]) -> Iterator[_Part]:
        """Yield frames without the events that were met before, while others are read and added."""
        for read, ids in ahead(_read, chunks(batches, EVENTS_A_FRAME)):
            new, conflicts = sort_out(ids, self._index)
            self._index.add(ids[np.flatnonzero(new)])
            self.conflicts += len(conflicts)
            read.new = None if new.all() else new
            yield read

    def _add(self, part: _Part) -> tuple[int, int]:
        frame = part.frame if part.new is None else part.frame.filter(part.new)
        if frame.height:
            keyed = self._figures.add(frame)
            self._orders.add(keyed)
            self._refunds.add(keyed)
            self._tell(keyed)
        return part.frame.height, part.last

    def _tell(self, keyed: pl.DataFrame) -> None:
        paying = keyed.filter((pl.col("type") == "payment.succeeded") & (pl.col("buyer") != ""))
        hours = paying["at"] // HOUR_MS
        for hour in hours.unique().to_list():
            self._buyers(hour, paying["buyer"].filter(hours == hour))


def _read(packed: Sequence[PackedBatch]) -> tuple[_Part, Ids]:
    run = [batch.unpacked() for batch in packed]
    frame = decoded(run)
    # What told events apart is not added up: none of it is copied again.
    return _Part(frame.drop("id", "original"), run[-1].seq), ids_of(run, frame)
