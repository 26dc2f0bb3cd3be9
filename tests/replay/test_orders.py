"""A whole day's orders, summed up without making events of them."""

from collections import Counter
from itertools import pairwise
from random import Random

import msgspec
import pytest

from dashboard.replay import curve
from dashboard.replay.orders import LONGEST_MS, orders


class Day(msgspec.Struct):
    """What the orders of a day add up to; `open_at` are orders not paid, by minute of the day."""

    gross: Counter[int]
    platforms: Counter[str]
    payments: int
    longest_wait_ms: int
    backwards_ms: int
    too_early: int
    stuck: Counter[int]


@pytest.fixture(scope="module")
def day() -> Day:
    found = Day(Counter(), Counter(), 0, 0, 0, 0, Counter())
    latest_ms = 0
    for order in orders(curve.named("2012"), Random("a test")):
        found.gross[order.paid_ms // 1000] += order.amount
        found.platforms[order.kind.platform] += order.amount
        found.payments += order.count
        found.longest_wait_ms = max(found.longest_wait_ms, order.paid_ms - order.submitted_ms)
        found.backwards_ms = max(found.backwards_ms, latest_ms - order.submitted_ms)
        found.too_early += order.paid_ms < order.submitted_ms
        latest_ms = max(latest_ms, order.submitted_ms)
        for minute in range(
            (order.submitted_ms + 60_000) // 60_000 + 1, order.paid_ms // 60_000 + 1
        ):
            found.stuck[minute] += order.count
    return found


def test_every_second_adds_up_to_the_curve(day: Day) -> None:
    paid = curve.named("2012").paid
    assert [day.gross[second] for second in range(86_400)] == [
        after - before for before, after in pairwise(paid)
    ]


def test_the_platforms_add_up_to_what_was_published(day: Day) -> None:
    assert day.platforms == {"tmall": 1_320_000_000_000, "taobao": 590_000_000_000}


def test_an_order_is_worth_some_180_yuan(day: Day) -> None:
    assert 104_000_000 < day.payments < 108_000_000


def test_orders_are_paid_after_they_were_submitted(day: Day) -> None:
    assert day.too_early == 0
    assert day.backwards_ms <= LONGEST_MS


def test_orders_are_stuck_while_payments_are_saturated_and_not_after(day: Day) -> None:
    assert min(day.stuck[minute] for minute in range(10, 125)) > 10_000
    assert max(day.stuck[minute] for minute in range(141, 1440)) == 0
    # An order is remembered until it closes, but 10 minutes is the last bucket of the histogram.
    assert 300_000 < day.longest_wait_ms < 600_000
