"""The seal chain: a hash over the seal before it and the batches settled since.

Whoever alters, removes or inserts a batch under a seal changes it, and with it every later one: a
seal written down elsewhere (`manage.py verify` prints the newest) vouches for all before it.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterable

import msgspec

_NUMBERS = struct.Struct(">qqqq")
_MARK_BYTES = 4


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """What a seal covers of a batch: its columns, and the digest of its lines."""

    seq: int
    source_id: int
    received_ms: int
    count: int
    sha256: bytes

    def packed(self) -> bytes:
        """Return the stamp as 64 bytes: big-endian integers of 8 bytes, then the digest.

        A digest of another length was not written by the ledger: it counts as it stands.
        """
        numbers = _NUMBERS.pack(self.seq, self.source_id, self.received_ms, self.count)
        return numbers + self.sha256


def first(campaign_id: int) -> bytes:
    """Return what the first seal of a campaign takes for the one before it."""
    return hashlib.sha256(b"gmvboard seal 1 campaign %d" % campaign_id).digest()


def seal(before: bytes, stamps: Iterable[Stamp]) -> bytes:
    """Return the seal over the seal `before` and these batches, in their order: SHA-256."""
    return hashlib.sha256(before + b"".join(one.packed() for one in stamps)).digest()


def marks(stamps: Iterable[Stamp]) -> bytes:
    """Return 4 bytes a batch (CRC-32): they name the batch where a seal does not agree."""
    return b"".join(zlib.crc32(one.packed()).to_bytes(_MARK_BYTES, "big") for one in stamps)


def unlike(stamps: Iterable[Stamp], kept: bytes) -> int | None:
    """Return the number of the first batch whose mark is not the one kept; None if all are."""
    for index, one in enumerate(stamps):
        mark = kept[index * _MARK_BYTES : (index + 1) * _MARK_BYTES]
        if marks([one]) != mark:
            return one.seq
    return None
