"""How far a campaign is, and how far its figures are behind."""

from typing import Literal

Status = Literal["scheduled", "live", "closed"]

# Events of a closed campaign that come later than this no longer keep it from being final.
LATE_ARRIVALS_MS = 3 * 3_600_000


def status(now_ms: int, start_ms: int, end_ms: int) -> Status:
    """Return the state of a campaign with the half-open window given; all in campaign time, ms."""
    if now_ms < start_ms:
        return "scheduled"
    return "live" if now_ms < end_ms else "closed"


def is_final(as_of_ms: int, end_ms: int) -> bool:
    """Return whether late arrivals are over for figures that stand at `as_of_ms`; campaign ms."""
    return as_of_ms >= end_ms + LATE_ARRIVALS_MS


def counted_until(now_ms: int, oldest_uncounted_ms: int) -> int:
    """Return the real time, ms, up to which everything accepted is counted.

    `oldest_uncounted_ms` is when the oldest uncounted batch was received; 0 where there is none.
    """
    return min(now_ms, oldest_uncounted_ms) if oldest_uncounted_ms else now_ms
