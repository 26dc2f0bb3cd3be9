"""The board's load as the leading pulse sees it, and the degrade level that follows."""

from collections import deque

from dashboard.core.degrade import REFRESH, TOTAL, Degrade, Ladder, Room, Signals, wanted

# One slow tick is chance: a file system that paused, a collection of garbage.
_TICKS = 4
# Between two ticks that are worked, ms: as ever, at half the contract's two seconds and more, and
# where even the total must wait. Readers see by its time how old the last frame is.
_GAPS_MS = {REFRESH: 1_750, TOTAL: 15_000}


class Load:
    """For as long as one process leads; `room` is what was seen of disk and memory last."""

    def __init__(self) -> None:
        self._ticks: deque[float] = deque([0.0] * _TICKS, _TICKS)
        self._ladder = Ladder()
        self._worked_ms = 0
        self.room = Room()
        self.degrade = Degrade()

    def rests(self, now_ms: int) -> bool:
        """Return whether the tick at `now_ms` (real time) is to be left out."""
        gap_ms = _GAPS_MS.get(self.degrade.level, 0)
        return 0 <= now_ms - self._worked_ms < gap_ms

    def worked(self, seconds: float, backlog_s: float, now_ms: int) -> None:
        """Take in a tick: how long it took, and the age of the oldest batch not counted."""
        self._worked_ms = now_ms
        self._ticks.append(seconds)
        asked = wanted(Signals(tick=min(self._ticks), backlog=backlog_s, room=self.room))
        self.degrade = Degrade.of(self._ladder.level(asked, now_ms))
