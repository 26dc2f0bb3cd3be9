"""The orders of a day: groups of payments that leave the queue in the order they entered it.

The day's turnover is cut into groups, one after the other. The group that begins at the x-th fen is
submitted when what was asked for reaches x, and paid when what was paid does: while payments are
saturated that is minutes later, and the orders between are stuck.
"""

from collections.abc import Callable, Iterator, Sequence
from math import isqrt
from random import Random

import msgspec

from dashboard.replay.curve import Curve
from dashboard.replay.mix import DRAW_BITS, Kind, mix
from dashboard.replay.shape import DAY_SECONDS

# Groups in a second at the day's mean rate; their number goes by the rate's square root.
_GROUPS, _FEWEST, _MOST = 3.9, 2, 16
# From submitting an order to its payment where nothing waits.
SHORTEST_MS, LONGEST_MS = 2_000, 8_000
# The mean order of a group is 80 to 125 % of its category's.
_LEAST_PERCENT, _PERCENT_SPREAD = 80, 46


class Order(msgspec.Struct, frozen=True, gc=False):
    """`count` orders of one kind, paid together; times in ms from the start of the day.

    `amount` is the sum of their payments in minor units. They name no buyer: one cannot stand for
    the buyers of a whole group, and the record has no figure of distinct ones.
    """

    number: int
    kind: Kind
    submitted_ms: int
    paid_ms: int
    amount: int
    count: int


def orders(curve: Curve, random: Random) -> Iterator[Order]:
    """Yield the orders of a day by the time of their payment.

    Their amounts add up to the curve in every second, for each platform exactly. None is submitted
    more than `LONGEST_MS` before one that comes earlier.
    """
    asked_at, paid_at = _passing(curve.asked), _passing(curve.paid)
    drawn = mix()
    number = 0
    for second in range(DAY_SECONDS):
        position = curve.paid[second]
        for platform, amount in _groups(curve, second, random):
            number += 1
            kind = drawn.draw(platform, random.getrandbits(DRAW_BITS))
            times = asked_at(position), paid_at(position)
            yield _order(number, kind, times, amount, random.getrandbits(20))
            position += amount


def _order(number: int, kind: Kind, times: tuple[int, int], amount: int, bits: int) -> Order:
    """Return a group; of 20 random `bits`, 12 choose its wait and 8 its mean order."""
    asked_ms, paid_ms = times
    wait = SHORTEST_MS + (bits & 4095) * (LONGEST_MS - SHORTEST_MS) // 4096
    percent = _LEAST_PERCENT + (bits >> 12 & 255) * _PERCENT_SPREAD // 256
    return Order(
        number=number,
        kind=kind,
        submitted_ms=asked_ms - min(wait, asked_ms * 3 // 4),
        paid_ms=paid_ms,
        amount=amount,
        count=max(1, amount * 100 // (kind.mean * percent)),
    )


def _passing(totals: Sequence[int]) -> Callable[[int], int]:
    """Return when a running total, given by the second, passes a position: ms from the start.

    The function remembers where it was: positions must not go back.
    """
    second = 0

    def at(position: int) -> int:
        nonlocal second
        while totals[second + 1] <= position:
            second += 1
        before = totals[second]
        return second * 1000 + (position - before) * 1000 // (totals[second + 1] - before)

    return at


def _groups(curve: Curve, second: int, random: Random) -> Iterator[tuple[str, int]]:
    """Cut the turnover of one second into groups, of one platform each."""
    start, end = curve.paid[second], curve.paid[second + 1]
    tmall = curve.tmall_part(end) - curve.tmall_part(start)
    rate = (end - start) * DAY_SECONDS * 10_000 // curve.total
    groups = min(max(round(_GROUPS * isqrt(rate) / 100), _FEWEST), _MOST)
    of_tmall = max(1, min(groups - 1, groups * tmall // max(1, end - start)))
    for part in _cut(tmall, of_tmall, random):
        yield "tmall", part
    for part in _cut(end - start - tmall, groups - of_tmall, random):
        yield "taobao", part


def _cut(amount: int, parts: int, random: Random) -> Iterator[int]:
    """Cut an amount into uneven parts, the largest at most thrice the smallest; none is empty."""
    weights = [64 + random.getrandbits(7) for _ in range(parts)]
    whole, left = sum(weights), amount
    for weight in weights[1:]:
        part = amount * weight // whole
        left -= part
        if part:
            yield part
    if left:
        yield left
