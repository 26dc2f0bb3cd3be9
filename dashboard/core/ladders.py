"""Ladders: many milestones of one kind in one step."""

from collections.abc import Iterator

MINUTE_S, TEN_MINUTES_S, HOUR_S = 60, 600, 3_600
# More rungs than a festival has milestones: a slip of the pen.
MOST = 100


def ladder(first: int, last: int) -> list[int]:
    """Return 1, 2, 5, 10 … times a power of ten, from `first` to `last`, both included."""
    return list(_rungs(max(first, 1), last))


def _rungs(first: int, last: int) -> Iterator[int]:
    power = 10 ** (len(str(first)) - 1)
    while power <= last:
        for step in (1, 2, 5):
            if first <= step * power <= last:
                yield step * power
        power *= 10


def bulletins(length_s: int) -> list[int]:
    """Return the first minute, ten minutes and each hour of a window, in seconds.

    The end has its own news.
    """
    hours = range(HOUR_S, length_s, HOUR_S)
    return [at for at in (MINUTE_S, TEN_MINUTES_S, *hours) if at < length_s]
