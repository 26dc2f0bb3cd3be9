"""When a running total reached an amount: to the second where seconds are kept."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from dashboard.core.clock import MINUTE_MS


class Crossing(msgspec.Struct, frozen=True):
    """Campaign time, ms, on a whole second; not `precise`: known to the minute.

    Then its minute's last second stands for it: never earlier than the truth.
    """

    ms: int
    precise: bool = True


def crossing(
    amount: int,
    minutes: Iterable[tuple[int, int]],
    seconds_of: Callable[[int], Sequence[tuple[int, int]]],
) -> Crossing | None:
    """Return when the running total reached `amount`; None where the minutes do not reach it.

    `minutes` are (number, figure) ascending, `seconds_of(minute)` likewise (number, figure). It is
    not precise where a minute's seconds are no longer kept, or do not add up to it.
    """
    total = 0
    for minute, figure in minutes:
        if total + figure >= amount:
            return within(minute, figure, amount - total, seconds_of(minute))
        total += figure
    return None


def within(minute: int, figure: int, missing: int, seconds: Sequence[tuple[int, int]]) -> Crossing:
    """Return when a minute's `seconds`, which sum up to `figure`, reached what was `missing`."""
    if sum(part for _, part in seconds) == figure:
        for second, part in seconds:
            missing -= part
            if missing <= 0:
                return Crossing(second * 1000)
    return end_of(minute)


def end_of(minute: int) -> Crossing:
    """Return the last second of a minute, which stands for all of it."""
    return Crossing((minute + 1) * MINUTE_MS - 1000, precise=False)


def same(recorded: Crossing, found: Crossing) -> bool:
    """Return whether what is found now is no other time than the one on record.

    Seconds are kept for a day: found to the minute, the second on record stands.
    """
    if recorded.ms == found.ms:
        return True
    return not found.precise and recorded.ms // MINUTE_MS == found.ms // MINUTE_MS


def no_later(when: Crossing, now_ms: int) -> Crossing:
    """Return a crossing known to the minute as no later than `now_ms`, where that minute lasts."""
    now_ms -= now_ms % 1000
    if when.precise or not 0 < when.ms - now_ms < MINUTE_MS:
        return when
    return Crossing(now_ms, precise=False)
