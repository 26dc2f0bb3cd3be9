"""Following orders: what becomes of those that a run of events names, by `core/orders.py`."""

from collections import defaultdict
from collections.abc import Callable, Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from dashboard.core.clock import MINUTE_MS
from dashboard.core.events import Entry
from dashboard.core.identity import order_digest
from dashboard.core.keys import Known
from dashboard.core.orders import Order, Step, failed, paid, remembered, submitted
from dashboard.core.rows import PAID, PAID_BUCKETS, PAID_MEASURES
from dashboard.core.turnover import LONGEST_TO_PAY_MS
from dashboard.tally.columns import FAILURE, KINDS, PAYMENT, SUBMISSION, Columns
from dashboard.tally.fold import Rows, key_of

# By the number of a kind: whether it changes the order that it names.
_CHANGING = np.isin(np.arange(len(KINDS)), [PAYMENT, FAILURE, SUBMISSION])


class Followed(msgspec.Struct):
    """The orders named, by digest, with their new states; and what that adds to the tallies."""

    orders: dict[bytes, Order]
    rows: Rows


def follow(
    columns: Columns,
    rows: NDArray[np.intp],
    known: Mapping[str, Known],
    watermark_ms: int,
    recall: Callable[[list[bytes]], dict[bytes, Order]],
) -> Followed:
    """Return what the events at `rows` make of their orders.

    `recall` gives the states of orders by their digests; `watermark_ms` is the latest event time
    that was seen before.
    """
    changing = rows[_CHANGING[columns.kind[rows]]]
    names = columns.names("order_id")
    changing = changing[np.array(list(map(bool, names.texts)), bool)[names.codes[changing]]]
    if not len(changing):
        return Followed({}, {})
    latest = np.full(len(columns), watermark_ms)
    latest[rows] = np.maximum(np.maximum.accumulate(columns.at[rows]), watermark_ms)
    codes = names.codes[changing].tolist()
    digests = {code: order_digest(names.texts[code]) for code in set(codes)}
    states = recall(list(digests.values()))
    added: Rows = defaultdict(dict)
    for row, code, now_ms in zip(changing.tolist(), codes, latest[changing].tolist(), strict=True):
        digest = digests[code]
        step = _step(columns.entry(row), remembered(states.get(digest), now_ms), known)
        states[digest] = step.order
        _count(step, added)
    return Followed(states, added)


def _step(entry: Entry, before: Order | None, known: Mapping[str, Known]) -> Step:
    if entry.type == "order.submitted":
        return submitted(before, entry.at, entry.count)
    if entry.type == "payment.failed":
        return failed(before, entry.at, entry.count)
    platform, channel = known["platform"].key(entry.platform), known["channel"].key(entry.channel)
    return paid(before, entry.at, entry.count, platform, channel)


def _count(step: Step, added: Rows) -> None:
    for change, sign in ((step.opened, 1), (step.closed, -1)):
        if change:
            row = added["pending"].setdefault(str(change[0]), [0])
            row[0] += sign * change[1]
    if step.paid_ms is not None:
        _time_to_pay(step.order, min(step.paid_ms, LONGEST_TO_PAY_MS), added)


def _time_to_pay(order: Order, paid_ms: int, added: Rows) -> None:
    bucket = next(
        (place for place, le in enumerate(PAID_BUCKETS) if paid_ms <= le * 1000), len(PAID_BUCKETS)
    )
    for name, key in (("platform", order.platform), ("channel", order.channel)):
        group = PAID + name
        rows = added[key_of(order.closed_ms // MINUTE_MS, group)]
        row = rows.setdefault(f"{group}:{key}", [0] * len(PAID_MEASURES))
        row[0] += order.weight
        row[1] += paid_ms * order.weight
        row[2 + bucket] += order.weight
