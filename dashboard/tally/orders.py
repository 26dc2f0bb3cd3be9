"""Following orders: what becomes of those that a run of events names, by `core/orders.py`."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from dashboard.core.clock import MINUTE_MS
from dashboard.core.identity import order_digest
from dashboard.core.keys import Known
from dashboard.core.orders import Order, Step, failed, paid, remembered, submitted
from dashboard.core.rows import PAID, PAID_BUCKETS, PAID_MEASURES
from dashboard.core.turnover import LONGEST_TO_PAY_MS
from dashboard.tally.columns import Columns
from dashboard.tally.fold import Rows, key_of
from dashboard.tally.reading import FAILURE, KINDS, PAYMENT, SUBMISSION

# Kind, ms since 1970 UTC, how many orders, platform, channel.
_Told = tuple[int, int, int, str, str]
_BUCKETS_MS = [seconds * 1000 for seconds in PAID_BUCKETS]
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
    sums = _Sums()
    for code, now_ms, told in zip(
        codes, latest[changing].tolist(), _told(columns, changing), strict=True
    ):
        digest = digests[code]
        step = _step(told, remembered(states.get(digest), now_ms), known)
        states[digest] = step.order
        sums.add(step)
    return Followed(states, sums.rows())


def _told(columns: Columns, rows: NDArray[np.intp]) -> Iterator[_Told]:
    """Yield what each event at `rows` tells of its order."""
    figures = [of[rows].tolist() for of in (columns.kind, columns.at, columns.count)]
    names = [columns.names(name) for name in ("platform", "channel")]
    texts = [[one.texts[code] for code in one.codes[rows].tolist()] for one in names]
    return zip(*figures, *texts, strict=True)


def _step(told: _Told, before: Order | None, known: Mapping[str, Known]) -> Step:
    kind, at, count, platform, channel = told
    if kind == SUBMISSION:
        return submitted(before, at, count)
    if kind == FAILURE:
        return failed(before, at, count)
    return paid(before, at, count, known["platform"].key(platform), known["channel"].key(channel))


class _Sums:
    """What steps add: open orders by second, and times to pay by minute, platform and channel."""

    def __init__(self) -> None:
        self._pending: dict[int, int] = defaultdict(int)
        self._paid: dict[tuple[int, str, str], list[int]] = {}

    def add(self, step: Step) -> None:
        if step.opened:
            self._pending[step.opened[0]] += step.opened[1]
        if step.closed:
            self._pending[step.closed[0]] -= step.closed[1]
        if step.paid_ms is not None:
            self._time_to_pay(step.order, min(step.paid_ms, LONGEST_TO_PAY_MS))

    def rows(self) -> Rows:
        added: Rows = defaultdict(dict)
        for second, change in self._pending.items():
            if change:
                added["pending"][str(second)] = [change]
        for (minute, platform, channel), figures in self._paid.items():
            for name, key in (("platform", platform), ("channel", channel)):
                rows = added[key_of(minute, PAID + name)]
                row = rows.setdefault(f"{PAID}{name}:{key}", [0] * len(figures))
                rows[f"{PAID}{name}:{key}"] = [a + b for a, b in zip(row, figures, strict=True)]
        return added

    def _time_to_pay(self, order: Order, paid_ms: int) -> None:
        place = (order.closed_ms // MINUTE_MS, order.platform, order.channel)
        row = self._paid.get(place)
        if row is None:
            row = self._paid[place] = [0] * len(PAID_MEASURES)
        row[0] += order.weight
        row[1] += paid_ms * order.weight
        row[2 + bisect_left(_BUCKETS_MS, paid_ms)] += order.weight
