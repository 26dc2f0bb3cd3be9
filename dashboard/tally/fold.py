"""The fold: columns of events that are new become what they add to each row of the tallies.

Sums are int64, and Python's integers where that could be too short; never a float.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.core.clock import MINUTE_MS
from dashboard.core.dimensions import DIMENSIONS
from dashboard.core.keys import Known
from dashboard.core.rows import COUNTER, MEASURES, TOTAL, TOTALS, shown
from dashboard.core.turnover import HOUR_MS
from dashboard.tally.columns import Columns
from dashboard.tally.reading import COUNT, PAYMENT, REFUND, SUBMISSION, Figures

# What is added, by key of the tallies and field: `m:<minute>`, `s:<minute>` …
Rows = dict[str, dict[str, list[int]]]
_Places = NDArray[np.intp]

# Where an event's amount and its count are summed, by its kind, as places in TOTALS; -1: nowhere.
_AMOUNT_OF = np.array([0, 1, -1, -1, 5, -1])
_COUNT_OF = np.array([2, -1, 3, 4, 6, -1])
# The same for the figures of a second: gross, refunds, payments.
_SECOND_AMOUNT_OF = np.array([0, 1, -1, -1, -1, -1])
_SECOND_COUNT_OF = np.array([2, -1, -1, -1, -1, -1])


def key_of(minute: int, group: str) -> str:
    """Return the key of the tallies that holds a group of rows of a minute."""
    return f"m:{minute}" if shown(group) else f"d:{minute}"


def fold(columns: Columns, rows: _Places, known: Mapping[str, Known]) -> Rows:
    """Return what the events at `rows` add; `known` learns keys in the ledger's order.

    Orders, and with them submit-to-paid times, are `orders.follow`'s.
    """
    run = _Run(columns, rows)
    added: Rows = defaultdict(dict)
    for minute, _, figures in run.sums(_AMOUNT_OF, _COUNT_OF, len(TOTALS)):
        if any(figures):
            added[key_of(minute, TOTAL)][TOTAL] = figures
    for dimension in DIMENSIONS:
        last = SUBMISSION if dimension.outcomes else REFUND
        part = run.where(run.kind <= last)
        texts = part.texts(dimension.name, known[dimension.name])
        for minute, text, figures in part.sums(_AMOUNT_OF, _COUNT_OF, len(MEASURES), texts):
            added[key_of(minute, dimension.name)][f"{dimension.name}:{text}"] = figures
    _fold_counters(run.where(run.kind == COUNT), known[COUNTER], added)
    _fold_seconds(run.where(run.kind <= REFUND), added)
    return added


def buyers(columns: Columns, rows: _Places) -> dict[int, set[str]]:
    """Return who paid, by the hour since 1970 UTC."""
    paying = rows[columns.kind[rows] == PAYMENT]
    names = columns.text("buyer")
    hours = columns.at[paying] // HOUR_MS
    found: dict[int, set[str]] = {}
    for hour in set(hours.tolist()):
        told = {names[row] for row in paying[hours == hour].tolist()} - {""}
        if told:
            found[hour] = told
    return found


class _Run:
    """The events of a run that are to be added up."""

    def __init__(self, columns: Columns, rows: _Places) -> None:
        self.columns, self.rows = columns, rows
        self.kind = self._pick(columns.kind)

    def _pick(self, column: NDArray[Any]) -> NDArray[Any]:
        return column if len(self.rows) == len(column) else column[self.rows]

    def where(self, mask: NDArray[np.bool_]) -> "_Run":
        return self if mask.all() else _Run(self.columns, self.rows[mask])

    def texts(self, name: str, known: Known) -> tuple[_Places, list[str]]:
        """Return each event's key in a breakdown, as a number, and the keys.

        Keys are met in the order of the events: the first so many are counted apiece.
        """
        column = self.columns.names(name)
        codes = self._pick(column.codes)
        first = np.full(len(column.texts), -1, np.intp)
        # Of several that share a place the last is written: back to front, it is the first.
        first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
        met = np.flatnonzero(first >= 0)
        numbers = np.zeros(len(column.texts), np.intp)
        keys: dict[str, int] = {}
        for code in met[np.argsort(first[met])].tolist():
            numbers[code] = keys.setdefault(known.key(column.texts[code]), len(keys))
        return numbers[codes], list(keys)

    def sums(
        self,
        amount_of: NDArray[np.int_],
        count_of: NDArray[np.int_],
        width: int,
        texts: tuple[_Places, list[str]] | None = None,
        step_ms: int = MINUTE_MS,
    ) -> Iterator[tuple[int, str, list[int]]]:
        """Yield minute, key and the sums of amounts and counts, as wide as `width`."""
        if not len(self.kind):
            return
        numbers, keys = texts or (np.intp(0), [""])
        periods = self._pick(self.columns.at) // step_ms
        distinct, place = _numbered(periods * len(keys) + numbers)
        amounts, counts = (self._pick(f) for f in (self.columns.amount, self.columns.count))
        sums = np.zeros(len(distinct) * width, _wide_enough(amounts, counts))
        for figures, places_of in ((amounts, amount_of), (counts, count_of)):
            column = places_of[self.kind]
            counting = column >= 0
            if counting.all():
                np.add.at(sums, place * width + column, figures)
            elif counting.any():
                cells = place[counting] * width + column[counting]
                np.add.at(sums, cells, figures[counting])
        for cell, row in zip(distinct, sums.reshape(-1, width).tolist(), strict=True):
            yield cell // len(keys), keys[cell % len(keys)], row


def _fold_seconds(run: _Run, added: Rows) -> None:
    for second, _, figures in run.sums(_SECOND_AMOUNT_OF, _SECOND_COUNT_OF, 3, step_ms=1000):
        added[f"s:{second // 60}"][str(second % 60)] = figures


def _fold_counters(run: _Run, known: Known, added: Rows) -> None:
    if not len(run.kind):
        return
    numbers, keys = run.texts("name", known)
    values = run.columns.value[run.rows].tolist()
    minutes = (run.columns.at[run.rows] // MINUTE_MS).tolist()
    for minute, number, value in zip(minutes, numbers.tolist(), values, strict=True):
        row = added[key_of(minute, COUNTER)].setdefault(f"{COUNTER}:{keys[number]}", [0])
        row[0] += value


def _numbered(figures: Figures) -> tuple[list[int], _Places]:
    """Return the distinct figures, ascending, and each element's place among them."""
    least = figures.min()
    span = int(figures.max()) - int(least) + 1
    if span > 4 * len(figures):
        distinct, places = np.unique(figures, return_inverse=True)
        return distinct.tolist(), places
    # Close together, they are numbered without being sorted.
    offsets = (figures - least).astype(np.intp)
    present = np.zeros(span, bool)
    present[offsets] = True
    found = np.flatnonzero(present)
    number = np.empty(span, np.intp)
    number[found] = np.arange(len(found))
    return [one + int(least) for one in found.tolist()], number[offsets]


def _wide_enough(*columns: Figures) -> Any:
    """Return the type in which the sums of these columns are exact."""
    for figures in columns:
        most = max(abs(int(figures.max())), abs(int(figures.min())))
        if figures.dtype == object or most * len(figures) >= 2**63:
            return object
    return np.int64
