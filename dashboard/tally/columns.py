"""Columns: a run of batches as arrays, one element an event, in the ledger's order.

What counts, rebuilds and reconciles begins here: an event costs about 2 µs to decode, check and
name, against 8 as objects. No element is a float: figures past 64 bits are kept as Python's
integers.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from hashlib import blake2b
from operator import attrgetter
from typing import Any
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from dashboard.core.events import Entry, decode_entries
from dashboard.core.identity import DIGEST_BYTES, FOREIGN_END, body_check, namespace
from dashboard.store.ledger import StoredBatch

Figures = NDArray[Any]  # int64, or objects where a figure is longer

PAYMENT, REFUND, FAILURE, SUBMISSION, TOPUP, COUNT = range(6)
KINDS = {
    "payment.succeeded": PAYMENT,
    "payment.refunded": REFUND,
    "payment.failed": FAILURE,
    "order.submitted": SUBMISSION,
    "topup.succeeded": TOPUP,
    "counter": COUNT,
}


class Coded(msgspec.Struct):
    """A column of text: each element's number, and the text of each number, "" included."""

    codes: NDArray[np.int32]
    texts: list[str]


class Ids(msgspec.Struct):
    """What tells events apart: 16 bytes of digest as two numbers, and 4 bytes over the body."""

    high: NDArray[np.uint64]
    low: NDArray[np.uint64]
    check: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.high)

    def __getitem__(self, rows: Any) -> "Ids":
        return Ids(self.high[rows], self.low[rows], self.check[rows])

    def packed(self) -> bytes:
        """Return 20 bytes an id, as the log of ids keeps them."""
        out = np.empty(len(self), _PACKED)
        out["high"], out["low"], out["check"] = self.high, self.low, self.check
        return out.tobytes()

    @classmethod
    def unpacked(cls, packed: bytes) -> "Ids":
        """Return the ids that `packed` gave."""
        rows = np.frombuffer(packed, _PACKED)
        return cls(
            rows["high"].astype(np.uint64),
            rows["low"].astype(np.uint64),
            rows["check"].astype(np.uint32),
        )


_FOREIGN = FOREIGN_END + b"\n"
_PACKED = np.dtype([("high", ">u8"), ("low", ">u8"), ("check", ">u4")])


class Columns:
    """A run of batches, decoded; what not every reader needs is worked out when asked for."""

    def __init__(self, batches: Sequence[StoredBatch]) -> None:
        """Decode `batches`. Raises `ValueError` where one does not hold the events it says."""
        self.batches = batches
        self._lines = b"".join(batch.lines for batch in batches)
        self._entries = decode_entries(self._lines)
        self._names: dict[str, Coded] = {}
        counts = [batch.count for batch in batches]
        self._ends = np.cumsum(counts)
        if len(self._entries) != sum(counts):
            raise ValueError(f"batches {batches[0].seq} to {batches[-1].seq}: events are missing")

    def __len__(self) -> int:
        return len(self._entries)

    @cached_property
    def kind(self) -> NDArray[np.int8]:
        """Return each event's kind, by `KINDS`."""
        numbers = map(KINDS.__getitem__, map(attrgetter("type"), self._entries))
        return np.fromiter(numbers, np.int8, len(self))

    @cached_property
    def at(self) -> Figures:
        """Return when each event occurred, ms since 1970 UTC."""
        return _whole([entry.at for entry in self._entries])

    @cached_property
    def amount(self) -> Figures:
        """Return each event's amount, minor units."""
        return _whole([entry.amount for entry in self._entries])

    @cached_property
    def count(self) -> Figures:
        """Return how many payments or orders each event stands for."""
        return _whole([entry.count for entry in self._entries])

    @cached_property
    def value(self) -> Figures:
        """Return what each counter event adds."""
        return _whole([entry.value for entry in self._entries])

    @cached_property
    def ids(self) -> Ids:
        """Return what tells each event from all others of the campaign."""
        digests = np.frombuffer(b"".join(self._digests()), ">u8").reshape(-1, 2)
        check = np.fromiter(self._checks(), np.uint32, len(self))
        high, low = (digests[:, half].astype(np.uint64) for half in (0, 1))
        return Ids(high, low, check)

    def names(self, field: str) -> Coded:
        """Return a dimension's value of every event, or, as `name`, that of its counter."""
        found = self._names.get(field)
        if found is None:
            found = self._names[field] = coded(self.text(field))
        return found

    def text(self, field: str) -> list[str]:
        """Return a field of text of every event, "" where it is not given."""
        return list(map(attrgetter(field), self._entries))

    def where(self, row: int) -> tuple[StoredBatch, int]:
        """Return the batch that holds an event, and its place in it."""
        number = int(np.searchsorted(self._ends, row, "right"))
        batch = self.batches[number]
        return batch, batch.place(row - (int(self._ends[number]) - batch.count))

    def line(self, row: int) -> bytes:
        """Return one event as the ledger keeps it."""
        return self._lines.split(b"\n")[row]

    def entry(self, row: int) -> Entry:
        """Return one event."""
        return self._entries[row]

    def _checks(self) -> Iterator[int]:
        lines = self._lines.split(b"\n")[:-1]
        # As `body_check`, which only amounts that were converted ask for.
        if _FOREIGN not in self._lines:
            return map(crc32, lines)
        return (int.from_bytes(body_check(line), "big") for line in lines)

    def _digests(self) -> Iterator[bytes]:
        # As `identity.event_digest`; a copy of what begins alike halves the time.
        begun: dict[int, Any] = {}
        first = 0
        for batch in self.batches:
            if batch.source_id not in begun:
                begun[batch.source_id] = blake2b(
                    namespace(batch.source_id), digest_size=DIGEST_BYTES
                )
            copy = begun[batch.source_id].copy
            for entry in self._entries[first : first + batch.count]:
                digest = copy()
                digest.update(entry.id.encode())
                yield digest.digest()
            first += batch.count


def coded(texts: Sequence[str]) -> Coded:
    """Return a column of text as numbers."""
    numbers = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    codes = np.fromiter(map(numbers.__getitem__, texts), np.int32, len(texts))
    return Coded(codes, list(numbers))


def _whole(figures: list[int]) -> Figures:
    try:
        return np.array(figures, np.int64)
    except OverflowError:
        return np.array(figures, object)


def chunks(batches: Iterable[StoredBatch], events: int) -> Iterator[list[StoredBatch]]:
    """Yield runs of `batches` of about `events` events each."""
    run: list[StoredBatch] = []
    size = 0
    for batch in batches:
        run.append(batch)
        size += batch.count
        if size >= events:
            yield run
            run, size = [], 0
    if run:
        yield run
