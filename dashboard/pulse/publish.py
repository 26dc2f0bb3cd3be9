"""The newest frame: how it leaves the pulse, and where the rest of the board reads it."""

from typing import Any

import msgspec
import redis

from dashboard.core.clock import MINUTE_MS
from dashboard.core.events import rfc3339
from dashboard.core.frame import merge
from dashboard.core.instants import from_rfc3339
from dashboard.store import frames, shown

# The channel layer's group that every server process listens to.
GROUP = "frames"
# The message, in place of a frame, that somebody may see less than before.
REVOKE = "revoke"

_MINUTE_SECONDS = MINUTE_MS // 1000


def message(slug: str, frame: bytes) -> dict[str, str]:
    """Return what the channel layer carries for a frame (JSON)."""
    return {"type": "frame", "campaign": slug, "frame": frame.decode()}


def newest_frame(client: redis.Redis, campaign_id: int) -> bytes | None:
    """Return the newest frame (JSON), None where there is none; may raise `redis.RedisError`."""
    return frames.newest(client, campaign_id)


def newest_snapshot(client: redis.Redis, campaign_id: int) -> bytes | None:
    """Return the newest snapshot (JSON); None where the campaign was never shown.

    Where Redis is away or empty it is the last one kept in the database. Raises
    `django.db.DatabaseError` where that is away as well.
    """
    try:
        frame, base = frames.get(client, campaign_id)
    except (redis.RedisError, OSError):
        frame = base = None
    if base is None:
        kept = shown.load(campaign_id)
        base = kept.snapshot if kept else None
    return None if base is None else overlay(base, frame)


def overlay(base: bytes, frame: bytes | None) -> bytes:
    """Return the snapshot `base` brought up to `frame`, where that is of the same epoch."""
    if frame is None:
        return base
    old, new = msgspec.json.decode(base), msgspec.json.decode(frame)
    if old["epoch"] != new["epoch"] or old["seq"] >= new["seq"]:
        return base
    merged = merge(old, new)
    if merged["step_seconds"] == _MINUTE_SECONDS:
        merged["minutes"] = _without_gaps(merged, old["minutes"])
    return msgspec.json.encode(merged)


def _without_gaps(merged: dict[str, Any], complete: list[list[Any]]) -> list[list[Any]]:
    """Return the snapshot's rows with one of zeroes for each minute in which nothing came.

    `complete` are those of the base, without gaps up to its own time.
    """
    window = merged["meta"]["windows"][0]
    first = complete[-1][0] if complete else window["start"]
    end = min(from_rfc3339(merged["as_of"]) + 1, from_rfc3339(window["end"]))
    starts = [rfc3339(start) for start in range(from_rfc3339(first), end, MINUTE_MS)]
    rows = {start: [start, 0, 0, 0] for start in starts}
    rows.update((row[0], row) for row in merged["minutes"])
    return [rows[start] for start in sorted(rows)]
