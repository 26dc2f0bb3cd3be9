"""The degrade level that a server process keeps to: the pulse's, or its own where that is higher.

For a whole process; its threads share it.
"""

import time
from collections import deque
from collections.abc import Callable

import redis

from dashboard.core.degrade import Degrade, Ladder, Signals, wanted
from dashboard.store import degraded
from dashboard.store.connect import impatient

# What the pulse tells is asked for at most once a second.
FRESH_MS = 1_000
_WAKES = 4


def _told() -> int:
    return degraded.told(impatient())


def _now_ms() -> int:
    return time.monotonic_ns() // 1_000_000


class InForce:
    """Times are milliseconds of a monotonic clock; `told` asks for the pulse's level."""

    def __init__(
        self, told: Callable[[], int] = _told, now_ms: Callable[[], int] = _now_ms
    ) -> None:
        self._told, self._now_ms = told, now_ms
        self._asked_ms = -FRESH_MS
        self._lags: deque[float] = deque([0.0] * _WAKES, _WAKES)
        self._ladder = Ladder()
        self._pulse = self._own = 0

    @property
    def degrade(self) -> Degrade:
        """The level as far as it is known; asks nobody."""
        return Degrade.of(max(self._pulse, self._own))

    def fresh(self) -> Degrade:
        """Return the level, asking for the pulse's where what is known is a second old.

        To be called from a thread. While Redis is away nobody tells one.
        """
        now_ms = self._now_ms()
        if now_ms - self._asked_ms >= FRESH_MS:
            self._asked_ms = now_ms
            try:
                self._pulse = self._told()
            except (redis.RedisError, OSError):
                self._pulse = 0
        return self.degrade

    def woke(self, late_s: float) -> None:
        """Take in by how many seconds the event loop woke up late."""
        self._lags.append(late_s)
        self._own = self._ladder.level(wanted(Signals(lag=min(self._lags))), self._now_ms())


in_force = InForce()
