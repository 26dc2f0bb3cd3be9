"""What happens beside the turnover: visits, failed payments, top-ups and refunds.

Only the visits of the first minute are of the record. Top-ups and refunds follow the turnover, so
that they fit any year: their running totals keep to a fixed part of it.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from random import Random

import msgspec

from dashboard.replay import seeds
from dashboard.replay.curve import Curve
from dashboard.replay.mix import DRAW_BITS, Kind, mix
from dashboard.replay.orders import Order
from dashboard.replay.shape import DAY_SECONDS, line

_PER = 10_000
# 25 of 10,000 fen paid have been refunded an hour later; so there are none in the first hour.
_REFUNDS, _REFUNDS_LATER = 25, 3_600
# Stored value bought: 120 fen for 10,000 of turnover, 100 yuan each.
_TOPUPS, _TOPUP_ORDER = 120, 10_000
# How likely a second has a refund, and a top-up: 10,000 and 21,000 a day.
_REFUND_CHANCE, _TOPUP_CHANCE = 0.12, 0.25
# The first rush of visitors halves every three minutes.
_RUSH_SECONDS, _RUSH = 180, 8
# One group of orders in 8 has failures beside it, 8 times as many.
_FAILING = 8


class Trickle(msgspec.Struct, frozen=True, gc=False):
    """Top-ups or refunds: ms from the start of the day, minor units, how many, and of what kind."""

    number: int
    at_ms: int
    amount: int
    count: int
    kind: Kind


class Failure(msgspec.Struct, frozen=True, gc=False):
    """Orders submitted with `order`, `count` of them, whose payment fails at `failed_ms`."""

    order: Order
    failed_ms: int
    count: int


def visits(curve: Curve, year: seeds.YearSeed) -> list[int]:
    """Return the visits of each second; those of the first minute and of the day are given."""
    mean = curve.total / DAY_SECONDS
    weights = [
        0.35 + (curve.asked[t + 1] - curve.asked[t]) / mean + _RUSH * 2 ** (-t / _RUSH_SECONDS)
        for t in range(DAY_SECONDS)
    ]
    first_minute = _shared_out(year.visits_first_minute, weights[:60])
    return first_minute + _shared_out(year.visits_day - year.visits_first_minute, weights[60:])


def _shared_out(whole: int, weights: Sequence[float]) -> list[int]:
    """Return integers that go by weight and add up to `whole`."""
    running = list(accumulate(weights))
    marks = [0, *(int(whole * mark / running[-1]) for mark in running[:-1]), whole]
    return [after - before for before, after in pairwise(marks)]


def refunds(curve: Curve, random: Random) -> Iterator[Trickle]:
    """Yield the refunds of a day by their time."""
    an_hour_ago = [0] * _REFUNDS_LATER + curve.paid[:-_REFUNDS_LATER]
    targets = [paid * _REFUNDS // _PER for paid in an_hour_ago]
    return _trickle(targets, _REFUND_CHANCE, random)


def topups(curve: Curve, random: Random) -> Iterator[Trickle]:
    """Yield the top-ups of a day by their time."""
    targets = [paid * _TOPUPS // _PER for paid in curve.paid]
    for one in _trickle(targets, _TOPUP_CHANCE, random):
        yield msgspec.structs.replace(one, count=max(1, one.amount // _TOPUP_ORDER))


def _trickle(targets: Sequence[int], chance: float, random: Random) -> Iterator[Trickle]:
    """Now and then, bring a running total to its target of that second."""
    done = number = 0
    for second in range(DAY_SECONDS):
        if random.random() >= chance or targets[second] <= done:
            continue
        amount, done = targets[second] - done, targets[second]
        number += 1
        platform = "taobao" if random.getrandbits(2) == 0 else "tmall"
        kind = mix().draw(platform, random.getrandbits(DRAW_BITS))
        at_ms = second * 1000 + random.getrandbits(10) * 1000 // 1024
        yield Trickle(number, at_ms, amount, max(1, amount // kind.mean), kind)


class Failures:
    """Decides beside which orders there are others whose payment fails."""

    def __init__(self, permille: seeds.Knots, random: Random) -> None:
        self._permille = line(permille)
        self._random = random

    def beside(self, order: Order) -> Failure | None:
        """Return the failures beside an order, if any; they take 1 to 23 s longer than it."""
        if self._random.getrandbits(10) % _FAILING:
            return None
        permille = self._permille[order.paid_ms // 1000]
        count = int(order.count * _FAILING * permille / 1000 + self._random.random())
        failed_ms = order.paid_ms + 1_000 + self._random.getrandbits(10) * 22_000 // 1024
        return (
            Failure(order, failed_ms, count) if count and failed_ms < DAY_SECONDS * 1000 else None
        )
