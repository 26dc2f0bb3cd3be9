"""When a campaign's frame, its base snapshot and the copy in the database are due."""

import msgspec

from dashboard.core.frame import Backlog, Frame

# At least one frame every 2 s: a tick and some delay less.
HEARTBEAT_MS = 1_500
# A frame repeats the minutes of the last 30 s: a base of 10 s leaves room for two that fail.
BASE_MS = 10_000
KEEP_MS = 1_000

_NO_BACKLOG = Backlog(0, 0, 0.0)


class Cadence:
    """One campaign's due dates, real time in ms; what failed stays due until it is `told`."""

    def __init__(self) -> None:
        self._content: Frame | None = None
        self._fresh = self._base_lags = self._copy_lags = True
        self._told_ms = self._base_ms = self._kept_ms = 0
        self._base_of: tuple[int, bool] | None = None

    def look(self, frame: Frame) -> None:
        """Notice whether `frame` says anything new."""
        content = _content(frame)
        if content != self._content:
            self._content = content
            self._fresh = self._base_lags = self._copy_lags = True

    def frame_due(self, now_ms: int) -> bool:
        """Return whether to tell a frame: it is news, or the last one is nearly 2 s old."""
        return self._fresh or _over(self._told_ms, HEARTBEAT_MS, now_ms)

    def base_due(self, frame: Frame, now_ms: int) -> bool:
        """Return whether to renew the base: another epoch, or it lags and is 10 s old."""
        other = self._base_of != (frame.epoch, frame.healing)
        return other or (self._base_lags and _over(self._base_ms, BASE_MS, now_ms))

    def copy_due(self, frame: Frame, now_ms: int) -> bool:
        """Return whether to keep a copy: at most once a second; held figures are kept already."""
        return not frame.healing and self._copy_lags and _over(self._kept_ms, KEEP_MS, now_ms)

    def told(self, frame: Frame, now_ms: int, with_base: bool) -> None:
        """Note that `frame` was published."""
        self._fresh, self._told_ms = False, now_ms
        if with_base:
            self._base_lags, self._base_ms = False, now_ms
            self._base_of = (frame.epoch, frame.healing)

    def kept(self, now_ms: int) -> None:
        """Note that a copy was saved."""
        self._copy_lags, self._kept_ms = False, now_ms


def _content(frame: Frame) -> Frame:
    """Return a frame without what changes with the time of day alone."""
    return msgspec.structs.replace(
        frame, seq=0, as_of="", behind_seconds=0.0, sent_at="", minutes=[], backlog=_NO_BACKLOG
    )


def _over(since_ms: int, period_ms: int, now_ms: int) -> bool:
    """Return whether a period is over; so it is where the clock was set back."""
    return not 0 <= now_ms - since_ms < period_ms
