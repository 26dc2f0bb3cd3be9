"""Counting a run of batches: drop what was seen before, fold what is new, tell conflicts apart."""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

import msgspec

from dashboard.core.dimensions import DIMENSIONS
from dashboard.core.events import Entry, decode_entries
from dashboard.core.identity import body_check, event_digest
from dashboard.core.keys import COUNTER, Known
from dashboard.core.orders import Order
from dashboard.core.turnover import Delta, fold
from dashboard.store.ledger import Conflict, StoredBatch

_DIMENSION_NAMES = tuple(dimension.name for dimension in DIMENSIONS)


class Recalled(msgspec.Struct):
    """What is remembered of a run of events."""

    position: int
    watermark_ms: int
    seen: list[bytes | None]
    known: dict[str, Known]
    orders: dict[str, Order]


class Memory(Protocol):
    """What remembers the events counted so far: here a model in memory."""

    def recall(
        self, digests: Collection[bytes], values: dict[str, set[str]], order_ids: Collection[str]
    ) -> Recalled:
        """Return what is remembered of these events, breakdown values and orders."""


class Counted(msgspec.Struct):
    """What a run of batches adds: from ledger position `expected` to `position`."""

    expected: int
    position: int
    delta: Delta
    fresh: dict[bytes, bytes]
    known: dict[str, Known]
    conflicts: list[Conflict]


class _Arrival(msgspec.Struct, gc=False):
    digest: bytes
    check: bytes
    entry: Entry
    line: bytes
    batch: StoredBatch
    index: int


def count(batches: Sequence[StoredBatch], memory: Memory) -> Counted:
    """Return what `batches` add to what `memory` holds, in the ledger's order.

    An event whose identity was counted before is dropped; where its body is another one it is a
    conflict, and the first in the ledger stands.
    """
    arrivals = [arrival for batch in batches for arrival in _arrivals(batch)]
    entries = [arrival.entry for arrival in arrivals]
    order_ids = list({entry.order_id: None for entry in entries if entry.order_id})
    recalled = memory.recall([one.digest for one in arrivals], _values(entries), order_ids)
    fresh, new, conflicts = _sort_out(arrivals, recalled.seen)
    delta = fold(new, recalled.known, recalled.orders, recalled.watermark_ms)
    # Refunds and the like name orders too, and change none.
    told = {entry.order_id for entry in new}
    delta.orders = {one: order for one, order in delta.orders.items() if one in told}
    position = batches[-1].seq
    return Counted(recalled.position, position, delta, fresh, recalled.known, conflicts)


def _arrivals(batch: StoredBatch) -> Iterable[_Arrival]:
    lines = batch.lines.splitlines()
    for index, (line, entry) in enumerate(zip(lines, decode_entries(batch.lines), strict=True)):
        digest = event_digest(batch.source_id, entry.id)
        yield _Arrival(digest, body_check(line), entry, line, batch, index)


def _values(entries: list[Entry]) -> dict[str, set[str]]:
    values = {name: {getattr(entry, name) for entry in entries} for name in _DIMENSION_NAMES}
    values[COUNTER] = {entry.name for entry in entries}
    return {name: found - {""} for name, found in values.items()}


def _sort_out(
    arrivals: list[_Arrival], seen: Sequence[bytes | None]
) -> tuple[dict[bytes, bytes], list[Entry], list[Conflict]]:
    """Return the checks of the new events by digest, the new events, and the conflicts."""
    fresh: dict[bytes, bytes] = {}
    new: list[Entry] = []
    conflicts: list[Conflict] = []
    for one, before in zip(arrivals, seen, strict=True):
        first = before or fresh.get(one.digest)
        if first is None:
            fresh[one.digest] = one.check
            new.append(one.entry)
        elif first != one.check:
            batch = one.batch
            conflicts.append(
                Conflict(
                    batch.seq, one.index, batch.source_id, one.entry.id, batch.received_ms, one.line
                )
            )
    return fresh, new, conflicts
