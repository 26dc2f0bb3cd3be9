"""A festival's day as events in the order of their time, made while they are needed.

Seeded: the same curve gives the same events with the same ids; about 10 a second of the day. In
memory are those of the next seconds, and the payments of waiting orders: a few thousand.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from operator import itemgetter
from random import Random

from dashboard.replay import beside, seeds
from dashboard.replay.curve import Curve
from dashboard.replay.due import Due
from dashboard.replay.orders import LONGEST_MS, orders
from dashboard.replay.shape import DAY_SECONDS
from dashboard.replay.telling import Teller

_AT = itemgetter(0)


def events(curve: Curve, start: datetime, currency: str) -> Iterator[Due]:
    """Yield the events of a curve's day that begins at `start`."""
    teller, year = Teller(curve.name, start, currency), seeds.year_seed(curve.name)
    topups = beside.topups(curve, Random(f"top-ups of {curve.name}"))
    refunds = beside.refunds(curve, Random(f"refunds of {curve.name}"))
    visits = enumerate(beside.visits(curve, year))
    return merge(
        _outcomes(curve, year, teller),
        (teller.visits(second, number) for second, number in visits),
        map(teller.topup, topups),
        map(teller.refund, refunds),
        key=_AT,
    )


def _outcomes(curve: Curve, year: seeds.YearSeed, teller: Teller) -> Iterator[Due]:
    """Yield submissions, payments and failures.

    Orders come by the time of their payment, and none is submitted more than `LONGEST_MS` before
    one that comes earlier: looking ahead as far as that misses none.
    """
    failures = beside.Failures(year.failures, Random(f"failures of {curve.name}"))
    coming = orders(curve, Random(f"orders of {curve.name}"))
    agenda: defaultdict[int, list[Due]] = defaultdict(list)
    order = next(coming, None)
    for second in range(DAY_SECONDS):
        horizon_ms = (second + 1) * 1000 + LONGEST_MS
        while order and order.submitted_ms < horizon_ms:
            submitted = agenda[order.submitted_ms // 1000]
            submitted.append(teller.submission(order))
            agenda[order.paid_ms // 1000].append(teller.payment(order))
            if failure := failures.beside(order):
                submitted.append(teller.hopeless(failure))
                agenda[failure.failed_ms // 1000].append(teller.failure(failure))
            order = next(coming, None)
        yield from sorted(agenda.pop(second, ()), key=_AT)
