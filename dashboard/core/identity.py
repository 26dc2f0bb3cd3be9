"""Identity of an event, and the check value that tells a repetition from a conflict."""

import re
import zlib
from hashlib import blake2b

DIGEST_BYTES = 16
# How a line ends that has an original amount, and the converted one in it. Inside of strings
# quotation marks are escaped, so that neither can be found there.
FOREIGN_END = b"]}"
_CONVERTED = re.compile(rb'"amount":\d+,')


def namespace(source_id: int) -> bytes:
    """Return what comes before an event's id in its digest: each source names its own events."""
    return b"%d\0" % source_id


def event_digest(source_id: int, event_id: str) -> bytes:
    """Return 16 bytes that stand for an event's identity: its source's namespace and its id.

    The rule as it is written; the tally keeps to it a batch at a time (`tally/ids.py`), which tests
    compare with this.
    """
    return blake2b(namespace(source_id) + event_id.encode(), digest_size=DIGEST_BYTES).digest()


def order_digest(order_id: str) -> bytes:
    """Return 16 bytes that stand for an order: sources of one campaign speak of the same orders."""
    return blake2b(order_id.encode(), digest_size=DIGEST_BYTES).digest()


def body_check(line: bytes) -> bytes:
    """Return 4 bytes over an event as the ledger keeps it; the same event always gives the same.

    It is over what the source sent: an amount converted by another rate than before is no conflict.
    CRC-32 costs 0.1 µs; two bodies under one id go unnoticed once in 4 billion, and the first
    stands either way.
    """
    if line.endswith(FOREIGN_END):
        line = _CONVERTED.sub(b"", line, count=1)
    return zlib.crc32(line).to_bytes(4, "big")
