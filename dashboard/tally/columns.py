"""Columns: a run of batches as arrays, one element an event, in the ledger's order.

What counts, rebuilds and reconciles begins here: an event costs about 2 µs to decode, check and
name, against 8 as objects. No element is a float: figures past 64 bits are kept as Python's
integers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from dashboard.core.dimensions import DIMENSIONS
from dashboard.core.events import decode_entries
from dashboard.store.batch import PackedBatch, StoredBatch
from dashboard.tally.ids import Ids
from dashboard.tally.reading import Coded, Figures, reader

# What the tally reads of every event; `value` and `name` are asked for where there are counters.
_FIELDS = ("kind", "at", "amount", "count", "ids", "buyer", "order_id")
COUNTED = (*_FIELDS, *(one.name for one in DIMENSIONS))
# Objects of so many events fit the caches; of 2,000 they cost a tenth more, of 20,000 half as much.
_EVENTS_A_PIECE = 1_000


class Columns:
    """A run of batches in columns: those `wanted` are read at once, others when asked for.

    It is decoded piece by piece, and no object outlives its piece; what is asked for later is
    decoded anew.
    """

    def __init__(
        self,
        batches: Sequence[StoredBatch],
        wanted: Sequence[str] = COUNTED,
        found: Mapping[str, Any] | None = None,
    ) -> None:
        """Decode `batches`, but for the columns that were `found` in them by other means.

        Raises `ValueError` where one does not hold the events it says.
        """
        self.batches = batches
        self._ends = np.cumsum([batch.count for batch in batches])
        self._found: dict[str, Any] = dict(found or {})
        self._split: tuple[int, list[bytes]] = (-1, [])
        self._read([name for name in wanted if name not in self._found])

    def __len__(self) -> int:
        return int(self._ends[-1])

    @property
    def kind(self) -> NDArray[np.int8]:
        """Return each event's kind, by `KINDS`."""
        kinds: NDArray[np.int8] = self._column("kind")
        return kinds

    @property
    def at(self) -> Figures:
        """Return when each event occurred, ms since 1970 UTC."""
        return self._figures("at")

    @property
    def amount(self) -> Figures:
        """Return each event's amount, minor units."""
        return self._figures("amount")

    @property
    def count(self) -> Figures:
        """Return how many payments or orders each event stands for."""
        return self._figures("count")

    @property
    def value(self) -> Figures:
        """Return what each counter event adds."""
        return self._figures("value")

    @property
    def ids(self) -> Ids:
        """Return what tells each event from all others of the campaign."""
        ids: Ids = self._column("ids")
        return ids

    def names(self, field: str) -> Coded:
        """Return a dimension's value of every event, or, as `name`, that of its counter."""
        names: Coded = self._column(field)
        return names

    def text(self, field: str) -> list[str]:
        """Return the `id` or `buyer` of every event, "" where it is not given."""
        texts: list[str] = self._column(field)
        return texts

    def where(self, row: int) -> tuple[StoredBatch, int]:
        """Return the batch that holds an event, and its place in it."""
        number, place = self._place(row)
        return self.batches[number], self.batches[number].place(place)

    def line(self, row: int) -> bytes:
        """Return one event as the ledger keeps it."""
        number, place = self._place(row)
        # Whoever asks for one asks for more, and in order.
        if self._split[0] != number:
            self._split = (number, self.batches[number].lines.split(b"\n"))
        return self._split[1][place]

    def _place(self, row: int) -> tuple[int, int]:
        number = int(np.searchsorted(self._ends, row, "right"))
        return number, row - (int(self._ends[number]) - self.batches[number].count)

    def _figures(self, name: str) -> Figures:
        figures: Figures = self._column(name)
        return figures

    def _column(self, name: str) -> Any:
        if name not in self._found:
            self._read([name])
        return self._found[name]

    def _read(self, wanted: Sequence[str]) -> None:
        if not wanted:
            return
        readers = {name: reader(name) for name in wanted}
        for run in chunks(self.batches, _EVENTS_A_PIECE):
            lines = b"".join(batch.lines for batch in run)
            entries = decode_entries(lines)
            if len(entries) != sum(batch.count for batch in run):
                raise ValueError(f"batches {run[0].seq} to {run[-1].seq}: events are missing")
            for one in readers.values():
                one.read(run, lines, entries)
        self._found.update({name: one.column() for name, one in readers.items()})


_Batch = TypeVar("_Batch", StoredBatch, PackedBatch)


def chunks(batches: Iterable[_Batch], events: int) -> Iterator[list[_Batch]]:
    """Yield runs of `batches` of about `events` events each."""
    run: list[_Batch] = []
    size = 0
    for batch in batches:
        run.append(batch)
        size += batch.count
        if size >= events:
            yield run
            run, size = [], 0
    if run:
        yield run
