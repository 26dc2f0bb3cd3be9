"""The figures of minutes and seconds, and the keys they are told by."""

from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from dashboard.core.clock import MINUTE_MS
from dashboard.core.dimensions import DIMENSIONS
from dashboard.core.keys import COUNTER, Known
from dashboard.core.turnover import Minutes, breakdowns
from dashboard.tally.anew.sums import Sums

_MONEY = ["payment.succeeded", "payment.refunded"]
_OUTCOMES = [*_MONEY, "payment.failed", "order.submitted"]
# Which figure of a minute the sum of an event's amount is, by its type, and that of its count.
_AMOUNT = {
    "payment.succeeded": "gross",
    "payment.refunded": "refunds",
    "topup.succeeded": "topups",
}
_COUNT = {
    "payment.succeeded": "payments",
    "payment.failed": "failed",
    "order.submitted": "submitted",
    "topup.succeeded": "topup_count",
}


class Figures:
    """Adds up frames of events, each of which is new."""

    def __init__(self) -> None:
        figures = ("amount", "count")
        self.known: dict[str, Known] = breakdowns()
        self._minutes = Sums(("minute", "type"), figures)
        self._by = {one.name: Sums(("minute", "type", one.name), figures) for one in DIMENSIONS}
        self._counters = Sums(("minute", "name"), ("value",))
        self._seconds = Sums(("second", "type"), figures)

    def add(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Add up a frame; return it with its minutes, and keys in place of what events say."""
        timed = frame.with_columns(minute=pl.col("at") // MINUTE_MS, second=pl.col("at") // 1000)
        keyed = timed.with_columns(self._keys(timed))
        outcomes = _of(keyed, _OUTCOMES)
        money = _of(outcomes, _MONEY)
        self._minutes.add(keyed)
        for dimension in DIMENSIONS:
            self._by[dimension.name].add(outcomes if dimension.outcomes else money)
        self._seconds.add(money)
        self._counters.add(_of(keyed, ["counter"]))
        return keyed

    def minutes(self) -> Minutes:
        """Return every minute's figures under the names that `core/turnover.py` lists."""
        minutes: Minutes = defaultdict(dict)
        for minute, type_, amount, count in self._minutes.total().iter_rows():
            minutes[minute].update(_named(type_, amount, count))
        for name, sums in self._by.items():
            for minute, type_, key, amount, count in sums.total().iter_rows():
                row = minutes[minute]
                for measure, figure in _named(type_, amount, count):
                    row[f"{name}:{measure}:{key}"] = figure
        for minute, name, value in self._counters.total().iter_rows():
            minutes[minute][f"{COUNTER}:{name}"] = value
        return minutes

    def seconds(self) -> dict[int, list[int]]:
        """Return gross, refunds and payments of every second."""
        seconds: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
        for second, type_, amount, count in self._seconds.total().iter_rows():
            if type_ == "payment.succeeded":
                seconds[second][0], seconds[second][2] = amount, count
            else:
                seconds[second][1] = amount
        return seconds

    def _keys(self, frame: pl.DataFrame) -> Iterator[pl.Expr]:
        """Yield each breakdown's column with keys in it, met in the order of the events."""
        outcomes = _of(frame, _OUTCOMES)
        money = _of(outcomes, _MONEY)
        for dimension in DIMENSIONS:
            naming = outcomes if dimension.outcomes else money
            yield _keyed(naming[dimension.name], self.known[dimension.name])
        yield _keyed(_of(frame, ["counter"])["name"], self.known[COUNTER])


def _of(frame: pl.DataFrame, types: list[str]) -> pl.DataFrame:
    """Return the events of these types: often all, which are not copied."""
    present = frame["type"].unique()
    return frame if present.is_in(types).all() else frame.filter(pl.col("type").is_in(types))


def _keyed(column: pl.Series, known: Known) -> pl.Expr:
    values = column.unique(maintain_order=True).fill_null("").to_list()
    other = {value: key for value in values if (key := known.key(value)) != value}
    filled = pl.col(column.name).fill_null("") if other else pl.col(column.name)
    return filled.replace(other) if other else filled


def _named(type_: str, amount: int, count: int) -> Iterator[tuple[str, int]]:
    for names, figure in ((_AMOUNT, amount), (_COUNT, count)):
        if type_ in names:
            yield names[type_], figure
