"""The statements of an append, written by hand: three of the ORM's cost 2 ms a commit, these 0.1.

Parameters only, and nothing that SQLite and PostgreSQL would understand differently. All of it
belongs into one transaction.
"""

import hashlib
import threading
from collections.abc import Sequence

import msgspec
import zstandard
from django.db import connection

from dashboard.store.tables import LedgerHead

Row = tuple[int, int, int, int, int, int, bytes, bytes]

_ADVANCE = (
    "UPDATE dashboard_ledgerhead SET seq = seq + %s, events = events + %s WHERE campaign_id = %s"
)
_HEAD = "SELECT seq, events FROM dashboard_ledgerhead WHERE campaign_id = %s"
_INSERT = (
    "INSERT INTO dashboard_batch"
    " (campaign_id, seq, source_id, received_ms, count, events_before, sha256, payload)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
)


# A batch of 1,000 events of 250 bytes falls to a sixth in 0.25 ms; level 3 takes 0.37 ms and makes
# it no smaller.
_COMPRESSION_LEVEL = 1


class Head(msgspec.Struct):
    """Where a campaign's ledger ends: its last batch's number, and how many events it holds."""

    seq: int
    events: int


class _Thread(threading.local):
    """A compressor is for one thread, and to make one costs more than to compress one event."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=_COMPRESSION_LEVEL)


_thread = _Thread()


def packed(lines: bytes) -> tuple[bytes, bytes]:
    """Return a batch's SHA-256, and its lines compressed."""
    return hashlib.sha256(lines).digest(), _thread.compressor.compress(lines)


def advance(campaign_id: int, batches: int, events: int) -> Head:
    """Move the campaign's head on, under its row lock; return it as it was before."""
    with connection.cursor() as cursor:
        cursor.execute(_ADVANCE, (batches, events, campaign_id))
        if not cursor.rowcount:
            LedgerHead.objects.get_or_create(campaign_id=campaign_id)
            cursor.execute(_ADVANCE, (batches, events, campaign_id))
        cursor.execute(_HEAD, (campaign_id,))
        seq, total = cursor.fetchone()
    return Head(seq - batches, total - events)


def insert(rows: Sequence[Row]) -> None:
    """Insert batches: campaign, seq, source, received_ms, count, events_before, sha256, payload."""
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT, rows)
