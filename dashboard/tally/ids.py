"""Ids as columns: what tells events apart, 20 bytes each."""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from operator import attrgetter
from typing import Any
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from dashboard.core.events import Entry
from dashboard.core.identity import DIGEST_BYTES, body_check, namespace
from dashboard.store.batch import StoredBatch

_ORIGINAL = attrgetter("original")
_PACKED = np.dtype([("high", ">u8"), ("low", ">u8"), ("check", ">u4")])


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


class IdsReader:
    """Gathers the ids of events, piece by piece."""

    def __init__(self) -> None:
        self._digests: list[bytes] = []
        self._checks: list[NDArray[np.uint32]] = []
        # As `identity.event_digest`; a copy of what begins alike halves the time.
        self._begun: dict[int, Any] = {}

    def read(self, run: Sequence[StoredBatch], lines: bytes, entries: list[Entry]) -> None:
        """Take in a piece: its batches, their lines, and the events that they are."""
        converted = any(map(_ORIGINAL, entries))
        self.take(run, lines, [entry.id for entry in entries], converted)

    def take(
        self, run: Sequence[StoredBatch], lines: bytes, names: list[str], converted: bool
    ) -> None:
        """Take in a piece: `names` are its events' ids; whether an amount of it was `converted`."""
        first = 0
        for batch in run:
            of_batch = names[first : first + batch.count]
            self._digests.append(self._digested(batch.source_id, of_batch))
            first += batch.count
        self._checks.append(np.fromiter(_checks(lines, converted), np.uint32, len(names)))

    def column(self) -> Ids:
        """Return the ids of all pieces."""
        digests = np.frombuffer(b"".join(self._digests), ">u8").reshape(-1, 2)
        high, low = (digests[:, half].astype(np.uint64) for half in (0, 1))
        return Ids(high, low, np.concatenate(self._checks))

    def _digested(self, source_id: int, names: list[str]) -> bytes:
        if source_id not in self._begun:
            self._begun[source_id] = blake2b(namespace(source_id), digest_size=DIGEST_BYTES)
        copy = self._begun[source_id].copy
        digests = []
        for name in names:
            digest = copy()
            digest.update(name.encode())
            digests.append(digest.digest())
        return b"".join(digests)


def _checks(lines: bytes, converted: bool) -> Iterator[int]:
    each = lines.split(b"\n")[:-1]
    # As `body_check`, which only amounts that were converted ask for.
    if not converted:
        return map(crc32, each)
    return (int.from_bytes(body_check(line), "big") for line in each)
