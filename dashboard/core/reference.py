"""Comparing with another year: its total at the same minute, and how many times that this year is.

Both years are compared at whole minutes since their starts, so in the first minute there is nothing
to compare with.
"""

from collections.abc import Sequence
from itertools import accumulate

# [minutes since the start, running total], ascending.
Points = Sequence[Sequence[int]]


class Curve:
    """Another year's running total; amounts in minor units.

    `minutes` are its gross minute by minute from the start; where only `total` is known they are
    empty, and it can be compared with once the window of `window_minutes` is over.
    """

    def __init__(self, minutes: Sequence[int], total: int, window_minutes: int) -> None:
        self._running = [0, *accumulate(minutes)]
        self._total = total
        self._length = len(minutes) or window_minutes

    def to_now(self, elapsed: int) -> int:
        """Return the total after `elapsed` whole minutes; 0 where it is not known."""
        if elapsed >= self._length:
            return self._total
        return self._at(elapsed)

    def share_to_now(self, points: Points, elapsed: int) -> int:
        """Return one key's total after `elapsed` whole minutes, from its running totals `points`.

        Between two points the key keeps its share of the whole curve, so that the rush of the first
        minutes is not spread over a quarter of an hour; without a curve it grows evenly.
        """
        before = [0, 0]
        for after in points:
            if after[0] > elapsed:
                return before[1] + self._between(before, after, elapsed)
            before = list(after)
        return before[1]

    def _between(self, before: Sequence[int], after: Sequence[int], elapsed: int) -> int:
        start = self._at(before[0])
        grown, whole = self._at(elapsed) - start, self._at(after[0]) - start
        if not whole:
            grown, whole = elapsed - before[0], after[0] - before[0]
        return (after[1] - before[1]) * grown // whole

    def _at(self, elapsed: int) -> int:
        return self._running[max(0, min(elapsed, len(self._running) - 1))]


def multiple(gross: int, to_now: int) -> float | None:
    """Return how many times `to_now` is in `gross`, two decimals, half up; None where it is 0."""
    if to_now <= 0:
        return None
    return (gross * 200 + to_now) // (2 * to_now) / 100
