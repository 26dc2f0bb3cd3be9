"""Verifying the ledger: every batch against its own digest, its neighbours and its seal."""

import hashlib
from collections.abc import Callable

import msgspec

from dashboard.core import seal as rules
from dashboard.core.seal import Stamp
from dashboard.store import records, seals
from dashboard.store.records import Record


class Verdict(msgspec.Struct):
    """How far the ledger agrees: up to batch `position`, sealed up to `sealed` with `seal`.

    `fault` says what is wrong with the first batch that does not agree; None: all do.
    """

    position: int
    events: int
    sealed: int
    seal: bytes
    fault: str | None = None


class _Altered(Exception):
    """The ledger is not as it was written; the message names the first batch."""


def verify(campaign_id: int, progress: Callable[[int], object] = lambda _: None) -> Verdict:
    """Check a campaign's whole ledger, batch by batch; nothing is written.

    `progress` is told how many events were checked. Batches that come meanwhile may be left out.
    Raises `django.db.DatabaseError`.
    """
    walk = _Walk(campaign_id, progress)
    try:
        walk.whole()
    except _Altered as altered:
        walk.reached.fault = str(altered)
    return walk.reached


class _Walk:
    """Goes through one campaign's ledger until something does not agree."""

    def __init__(self, campaign_id: int, progress: Callable[[int], object]) -> None:
        self._campaign_id, self._progress = campaign_id, progress
        self.reached = Verdict(0, 0, 0, rules.first(campaign_id))

    def whole(self) -> None:
        """Check everything; raises `_Altered`."""
        end, events = records.end(self._campaign_id)
        while kept := seals.following(self._campaign_id, self.reached.position):
            self._under(kept)
        self._stretch(end)
        past = records.beyond_the_end(self._campaign_id)
        if past is not None:
            raise _Altered(f"batch {past}: past the end of the ledger")
        if self.reached.position == end and self.reached.events != events:
            raise _Altered(f"batch {end}: {self.reached.events} events up to it, not {events}")

    def _under(self, kept: seals.Kept) -> None:
        """Check the batches under one seal."""
        reached = self.reached
        if kept.after != reached.position:
            raise _Altered(f"batch {reached.position + 1}: the seal that began with it is missing")
        stamps = self._stretch(kept.position, kept.marks)
        reached.seal = rules.seal(reached.seal, stamps)
        if reached.seal != kept.digest:
            where = f"batches {kept.after + 1} to {kept.position}"
            raise _Altered(_unlike(stamps, kept.marks) or f"{where}: another seal than was made")
        reached.sealed = kept.position

    def _stretch(self, until: int, marks: bytes = b"") -> list[Stamp]:
        """Check the batches up to `until` against themselves; return what a seal covers of them."""
        reached = self.reached
        stamps: list[Stamp] = []
        for record in records.records(self._campaign_id, reached.position, until):
            if fault := _fault(record, reached):
                # One before it may have been altered with its digest, which only the seal knows.
                raise _Altered(_unlike(stamps, marks) or fault)
            stamps.append(record.stamp)
            reached.position += 1
            reached.events += record.stamp.count
            self._progress(record.stamp.count)
        if reached.position < until:
            raise _Altered(_unlike(stamps, marks) or f"batch {reached.position + 1}: missing")
        return stamps


def _fault(record: Record, reached: Verdict) -> str | None:
    """Return what is wrong with the batch that should follow those of `reached`; None: nothing."""
    stamp, expected = record.stamp, reached.position + 1
    if stamp.seq != expected:
        return f"batch {expected}: missing"
    lines = record.lines()
    held = lines.count(b"\n")
    if hashlib.sha256(lines).digest() != stamp.sha256:
        return f"batch {expected}: its events do not have its digest"
    if held != stamp.count:
        return f"batch {expected}: holds {held} events, its row says {stamp.count}"
    if record.events_before != reached.events:
        told = record.events_before
        return f"batch {expected}: {reached.events} events before it, its row says {told}"
    return None


def _unlike(stamps: list[Stamp], marks: bytes) -> str | None:
    seq = rules.unlike(stamps, marks) if marks else None
    return None if seq is None else f"batch {seq}: not the one that was sealed"
