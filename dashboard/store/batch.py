"""One batch of the ledger, as it is read back."""

from collections.abc import Collection

import msgspec


class StoredBatch(msgspec.Struct, frozen=True):
    """One batch as read back: its number, source, time of receipt (ms, real time) and lines.

    `lines` are what `encode_entries` gave, without those `left_out`, which are their places among
    all, ascending; `count` is how many are there.
    """

    seq: int
    source_id: int
    received_ms: int
    count: int
    lines: bytes
    left_out: tuple[int, ...] = ()

    def place(self, number: int) -> int:
        """Return the place in the whole batch of one of the events that are there."""
        for place in self.left_out:
            number += place <= number
        return number

    def part(self, low: int, high: int) -> "StoredBatch":
        """Return a batch of some of these events."""
        lines = self.lines.splitlines(keepends=True)[low:high]
        return StoredBatch(self.seq, self.source_id, self.received_ms, len(lines), b"".join(lines))

    def without(self, places: Collection[int]) -> "StoredBatch":
        """Return this batch without the events at `places`."""
        lines = self.lines.splitlines(keepends=True)
        left = [line for place, line in enumerate(lines) if place not in places]
        return StoredBatch(
            self.seq,
            self.source_id,
            self.received_ms,
            len(left),
            b"".join(left),
            tuple(sorted(places)),
        )
