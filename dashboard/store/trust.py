"""Whether a campaign's figures are to be trusted now, for those who have none of their own."""

import msgspec
import redis
from django.db import DatabaseError

from dashboard.core.health import is_final
from dashboard.core.instants import from_rfc3339
from dashboard.store import checks, frames
from dashboard.store.connect import impatient
from dashboard.store.tables import Campaign

# Frames come every two seconds at the least, under the heaviest load every 15.
_FRESH_MS = 20_000
# As the pulse has it: milestones wait while something accepted is not counted for so long.
_MOST_BEHIND_S = 10.0


class _Backlog(msgspec.Struct):
    oldest_seconds: float


class _Turnover(msgspec.Struct):
    gross: int


class _Frame(msgspec.Struct):
    sent_at: str
    healing: bool
    position: int
    as_of: str
    backlog: _Backlog
    turnover: _Turnover


class Trusted(msgspec.Struct, frozen=True):
    """The figures of the newest frame, fit to be relied on: gross, minor units."""

    gross: int


def trusted(campaign: Campaign, now_ms: int) -> Trusted | None:
    """Return the figures as they stand at `now_ms` (real time); None: not to be relied on.

    Not where they are being counted anew, are far behind the ledger, unlike it or not compared with
    it for long, or where nobody tells them.
    """
    try:
        told = frames.newest(impatient(), campaign.pk)
        verdict = checks.standing(campaign.pk)
    except (redis.RedisError, OSError, DatabaseError):
        return None
    if told is None:
        return None
    frame = msgspec.json.decode(told, type=_Frame)
    late = now_ms - from_rfc3339(frame.sent_at) > _FRESH_MS
    if late or frame.healing or frame.backlog.oldest_seconds >= _MOST_BEHIND_S:
        return None
    final = is_final(from_rfc3339(frame.as_of), campaign.end_ms)
    if verdict and not verdict.vouches(now_ms, frame.position, final):
        return None
    return Trusted(frame.turnover.gross)
