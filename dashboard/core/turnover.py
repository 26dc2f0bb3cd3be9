"""The fold: entries of the ledger, in its order, become figures per minute and per second.

`fold` gives a `Delta`, what a run of entries adds; `Tally` is all of it added up. The board keeps
the tally in Redis; `reconcile` keeps one in memory and compares.

Fields of a minute: `gross refunds payments failed submitted topups topup_count counter:<name>`,
and `<dimension>:<measure>:<key>` with the measures of `keys.Fields`, and for the dimensions with
outcomes `paid_n`, `paid_ms` and the histogram `paid_le_<seconds>` of submit-to-paid times.
"""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from dashboard.core.clock import MINUTE_MS
from dashboard.core.dimensions import DIMENSIONS
from dashboard.core.events import Entry
from dashboard.core.keys import COUNTER, Known
from dashboard.core.orders import Order, Step, failed, paid, remembered, submitted
from dashboard.core.rows import PAID_BUCKETS

HOUR_MS = 60 * MINUTE_MS
# A time to pay counts as a day at the most: beyond, somebody's clock was wrong.
LONGEST_TO_PAY_MS = 24 * HOUR_MS
OUTCOME_DIMENSIONS = tuple(d.name for d in DIMENSIONS if d.outcomes)

Minutes = dict[int, dict[str, int]]


def _minutes() -> Minutes:
    return defaultdict(lambda: defaultdict(int))


class Delta(msgspec.Struct):
    """What a run of entries adds, and the orders it leaves.

    Minutes and seconds are numbered since 1970 UTC, hours likewise; `seconds` are gross, refunds
    and payments; `pending` the change in open orders by second of submission.
    """

    minutes: Minutes = msgspec.field(default_factory=_minutes)
    seconds: dict[int, list[int]] = msgspec.field(default_factory=dict)
    pending: dict[int, int] = msgspec.field(default_factory=lambda: defaultdict(int))
    orders: dict[str, Order] = msgspec.field(default_factory=dict)
    buyers: dict[int, set[str]] = msgspec.field(default_factory=lambda: defaultdict(set))
    watermark_ms: int = 0


def breakdowns() -> dict[str, Known]:
    """Return the breakdowns, and the named counters, with no key met yet."""
    return {name: Known(name) for name in (*(d.name for d in DIMENSIONS), COUNTER)}


def fold(
    entries: Iterable[Entry],
    known: dict[str, Known],
    orders: dict[str, Order],
    watermark_ms: int,
) -> Delta:
    """Return what `entries` add, none of which was counted before.

    `orders` are the states of those orders that the entries name, as far as they are remembered;
    `watermark_ms` is the latest event time that the tally has seen.
    """
    delta = Delta(orders=orders, watermark_ms=watermark_ms)
    for entry in entries:
        if entry.at > delta.watermark_ms:
            delta.watermark_ms = entry.at
        _FOLDS[entry.type](delta, entry, known)
    return delta


def _payment(delta: Delta, entry: Entry, known: dict[str, Known]) -> None:
    row = delta.minutes[entry.at // MINUTE_MS]
    row["gross"] += entry.amount
    row["payments"] += entry.count
    second = _second(delta, entry.at)
    second[0] += entry.amount
    second[2] += entry.count
    for dimension in DIMENSIONS:
        fields = known[dimension.name].fields(getattr(entry, dimension.name))
        row[fields.gross] += entry.amount
        row[fields.payments] += entry.count
    if entry.buyer:
        delta.buyers[entry.at // HOUR_MS].add(entry.buyer)
    if entry.order_id:
        platform = known["platform"].fields(entry.platform).key
        channel = known["channel"].fields(entry.channel).key
        order = remembered(delta.orders.get(entry.order_id), delta.watermark_ms)
        _follow(delta, entry, paid(order, entry.at, entry.count, platform, channel))


def _refund(delta: Delta, entry: Entry, known: dict[str, Known]) -> None:
    row = delta.minutes[entry.at // MINUTE_MS]
    row["refunds"] += entry.amount
    _second(delta, entry.at)[1] += entry.amount
    for dimension in DIMENSIONS:
        row[known[dimension.name].fields(getattr(entry, dimension.name)).refunds] += entry.amount


def _failure(delta: Delta, entry: Entry, known: dict[str, Known]) -> None:
    _outcome(delta, entry, known, "failed")
    if entry.order_id:
        order = remembered(delta.orders.get(entry.order_id), delta.watermark_ms)
        _follow(delta, entry, failed(order, entry.at, entry.count))


def _submission(delta: Delta, entry: Entry, known: dict[str, Known]) -> None:
    _outcome(delta, entry, known, "submitted")
    if entry.order_id:
        order = remembered(delta.orders.get(entry.order_id), delta.watermark_ms)
        _follow(delta, entry, submitted(order, entry.at, entry.count))


def _outcome(delta: Delta, entry: Entry, known: dict[str, Known], measure: str) -> None:
    row = delta.minutes[entry.at // MINUTE_MS]
    row[measure] += entry.count
    for name in OUTCOME_DIMENSIONS:
        row[getattr(known[name].fields(getattr(entry, name)), measure)] += entry.count


def _topup(delta: Delta, entry: Entry, known: dict[str, Known]) -> None:
    row = delta.minutes[entry.at // MINUTE_MS]
    row["topups"] += entry.amount
    row["topup_count"] += entry.count


def _counter(delta: Delta, entry: Entry, known: dict[str, Known]) -> None:
    name = known[COUNTER].fields(entry.name).key
    delta.minutes[entry.at // MINUTE_MS][f"{COUNTER}:{name}"] += entry.value


_FOLDS = {
    "payment.succeeded": _payment,
    "payment.refunded": _refund,
    "payment.failed": _failure,
    "order.submitted": _submission,
    "topup.succeeded": _topup,
    "counter": _counter,
}


def _second(delta: Delta, at: int) -> list[int]:
    return delta.seconds.setdefault(at // 1000, [0, 0, 0])


def _follow(delta: Delta, entry: Entry, step: Step) -> None:
    """Write down an order's next state, and the open orders and time to pay that it changes."""
    order = delta.orders[entry.order_id] = step.order
    if step.opened:
        delta.pending[step.opened[0]] += step.opened[1]
    if step.closed:
        delta.pending[step.closed[0]] -= step.closed[1]
    if step.paid_ms is not None:
        _time_to_pay(delta, order, step.paid_ms)


def _time_to_pay(delta: Delta, order: Order, told_ms: int) -> None:
    row = delta.minutes[order.closed_ms // MINUTE_MS]
    paid_ms = min(told_ms, LONGEST_TO_PAY_MS)
    bucket = next((str(le) for le in PAID_BUCKETS if paid_ms <= le * 1000), "inf")
    for name, key in (("platform", order.platform), ("channel", order.channel)):
        row[f"{name}:paid_n:{key}"] += order.weight
        row[f"{name}:paid_ms:{key}"] += paid_ms * order.weight
        row[f"{name}:paid_le_{bucket}:{key}"] += order.weight


class Tally(msgspec.Struct):
    """Every figure of a campaign, added up to a ledger position.

    `buyers` are sets here and estimates in Redis; `keys` are those counted apiece, by dimension.
    """

    position: int = 0
    watermark_ms: int = 0
    minutes: Minutes = msgspec.field(default_factory=_minutes)
    seconds: dict[int, list[int]] = msgspec.field(default_factory=dict)
    pending: dict[int, int] = msgspec.field(default_factory=dict)
    orders: dict[str, Order] = msgspec.field(default_factory=dict)
    keys: dict[str, set[str]] = msgspec.field(default_factory=dict)
    buyers: dict[int, set[str]] = msgspec.field(default_factory=dict)

    def add(self, delta: Delta, position: int) -> None:
        """Add a delta; the tally then stands on ledger position `position`."""
        for minute, row in delta.minutes.items():
            mine = self.minutes[minute]
            for field, value in row.items():
                mine[field] += value
        for second, figures in delta.seconds.items():
            have = self.seconds.get(second, [0, 0, 0])
            self.seconds[second] = [a + b for a, b in zip(have, figures, strict=True)]
        for second, change in delta.pending.items():
            self.pending[second] = self.pending.get(second, 0) + change
            if not self.pending[second]:
                del self.pending[second]
        for hour, buyers in delta.buyers.items():
            self.buyers.setdefault(hour, set()).update(buyers)
        self.orders.update(delta.orders)
        self.position = position
        self.watermark_ms = delta.watermark_ms
