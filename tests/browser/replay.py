"""A festival's day, second by second, as a board would send it: for pages under a scaled clock."""

from datetime import timedelta
from itertools import accumulate
from operator import itemgetter
from typing import Any

from tests.browser.frames import REACHED, TOTAL, reached, snapshot
from tests.browser.minutes import START, YUAN, Json, campaign_time, iso, shape
from tests.browser.shares import BY

_WHOLE = 19_100_000_000 * YUAN
_WEIGHTS = [shape(minute) for minute in range(1440)]
_GROSS = [int(_WHOLE * weight / sum(_WEIGHTS)) for weight in _WEIGHTS]
_BEFORE = [0, *accumulate(_GROSS)]


def gross_at(second: int) -> int:
    """Turnover, in minor units, after so many seconds of the day."""
    minute, rest = divmod(second, 60)
    return _BEFORE[minute] + _GROSS[minute] * rest // 60


def _row(minute: int, second: int) -> list[Any]:
    seconds = min(60, second - 60 * minute)
    gross = _GROSS[minute] * seconds // 60
    return [iso(START + timedelta(minutes=minute)), gross, 0, gross // 18_000]


def _minute(row: list[Any]) -> Json:
    return {"start": row[0], "gross": row[1], "payments": row[3]}


class Day:
    """What there is to send at `second`; a milestone falls and payments queue on the way."""

    def __init__(self, clock: str, falls_at: str = "", queues: tuple[str, str] = ("", "")) -> None:
        self.second = _seconds(clock)
        self._falls, self._queues = falls_at, queues
        self.amount = gross_at(_seconds(falls_at)) // YUAN if falls_at else 0

    @property
    def clock(self) -> str:
        """The time of day: "16:20:35"."""
        return str(timedelta(seconds=self.second)).zfill(8)

    @property
    def total(self) -> int:
        """The total in yuan."""
        return gross_at(self.second) // YUAN

    def snapshot(self) -> Json:
        """The whole of it."""
        rows = [_row(minute, self.second) for minute in range(-(-self.second // 60))]
        return snapshot(
            self.clock,
            self.total,
            seq=self.second,
            minutes=rows,
            minute=_minute(rows[-1]),
            peak_minute=_minute(max(rows, key=itemgetter(1))),
            milestones=self._milestones(),
            by={name: self._shares(shares) for name, shares in BY.items()},
            **self._site(),
        )

    def frame(self, whole: Json) -> Json:
        """The frame of a snapshot: the last two minutes are those that changed."""
        kept = {key: value for key, value in whole.items() if key not in {"meta", "step_seconds"}}
        return {**kept, "kind": "frame", "minutes": whole["minutes"][-2:]}

    def _shares(self, shares: Json) -> Json:
        """Each key's share of the total, as it was at the time of the canned figures."""
        return {
            key: {**one, "gross": one["gross"] * self.total // TOTAL} for key, one in shares.items()
        }

    def _milestones(self) -> Json:
        usual: Json = snapshot()["milestones"]
        if not self._falls or self.second < _seconds(self._falls):
            return usual
        return {**usual, "reached": [*REACHED, reached(self.amount, self._falls)]}

    def _site(self) -> Json:
        begins, ends = self._queues
        if not begins or self.second < _seconds(begins):
            return {}
        begun, ended = iso(campaign_time(begins)), iso(campaign_time(ends))
        if self.second < _seconds(ends):
            episode = {"state": "queueing", "from": begun, "to": None, "worst_stuck": 12_410}
            return {
                "site": {"state": "queueing", "since": begun, "note": "", "episodes": [episode]}
            }
        episode = {"state": "queueing", "from": begun, "to": ended, "worst_stuck": 12_410}
        return {"site": {"state": "recovered", "since": ended, "note": "", "episodes": [episode]}}


def _seconds(clock: str) -> int:
    return int((campaign_time(clock) - START).total_seconds())
