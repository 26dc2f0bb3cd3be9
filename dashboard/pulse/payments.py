"""Payments as a frame tells them: outcomes, open and stuck orders, payments per second."""

from dashboard.core.clock import Clock
from dashboard.core.events import rfc3339
from dashboard.core.frame import Payments
from dashboard.pulse.cache import Cache

# An order submitted this long ago and neither paid nor failed is stuck.
STUCK_MS = 60_000
# Sources tell what happened this much real time later at the most, as far as rates go.
TELLING_MS = 2_000


def told_until(cache: Cache, clock: Clock, as_of_ms: int) -> int:
    """Return the campaign time up to which sources have told what happened.

    The latest event's, but no more than 2 s of real time ago: in a rehearsal that runs 144 times as
    fast they are minutes, and an event of the last seconds is always still on its way.
    """
    telling_ms = TELLING_MS * clock.speed_permille // 1000
    return max(min(cache.watermark_ms, as_of_ms), as_of_ms - telling_ms)


def payments(cache: Cache, told_ms: int) -> Payments:
    """Return outcomes and order states; rate and stuck orders are those at `told_ms`."""
    succeeded, failed = cache.sums.total["payments"], cache.sums.total["failed"]
    ended = succeeded + failed
    stuck_before = (told_ms - STUCK_MS) // 1000
    rush = cache.rush
    return Payments(
        succeeded=succeeded,
        failed=failed,
        success_rate=succeeded * 10_000 // ended / 10_000 if ended else None,
        pending=sum(cache.pending.values()),
        stuck=sum(count for second, count in cache.pending.items() if second < stuck_before),
        per_second=cache.per_second(told_ms // 1000),
        peak_per_second=rush.value,
        peak_at=None if rush.at is None else rfc3339(rush.at * 1000),
    )
