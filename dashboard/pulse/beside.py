"""Gross by key of the breakdowns that no frame shows, kept where a rule asks for it.

In arrays: 5,000 merchants a minute are 90 MB a day, where dictionaries would be a gigabyte.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator

from dashboard.store.beside import Beside


class Keyed:
    """Sums inside `window`, minutes numbered since 1970 UTC; rows are named `merchant:apple`.

    `whole`: nothing of the ledger's figures is left to be read. `changed_from` is the earliest
    minute that has changed since somebody made it None.
    """

    def __init__(self, window: range) -> None:
        self.window = window
        self._clear()

    def _clear(self) -> None:
        self.generation, self.position, self.whole = "", 0, False
        self.changed_from: int | None = 0
        self._numbers: dict[str, int] = {}
        self._totals: list[int] = []
        self._minutes: dict[int, tuple[array[int], array[int]]] = {}

    def take(self, found: Beside) -> None:
        """Take in what changed; figures of another generation replace all.

        Those of an earlier position are read again from nought, at the next look.
        """
        if found.generation != self.generation:
            self._clear()
        elif found.position < self.position:
            return self._clear()
        self.generation, self.position = found.generation, found.position
        self.whole = found.whole
        for minute, rows in found.minutes.items():
            self._count(minute, -1)
            self._minutes[minute] = self._in_order(rows)
            self._count(minute, 1)
            if self.changed_from is None or minute < self.changed_from:
                self.changed_from = minute
        return None

    def rewindow(self, window: range) -> None:
        """Sum up anew for another window."""
        self.window, self.changed_from = window, 0
        self._totals = [0] * len(self._totals)
        for minute in self._minutes:
            self._count(minute, 1)

    def total(self, row: str) -> int:
        """Return the gross of a row."""
        number = self._numbers.get(row)
        return 0 if number is None else self._totals[number]

    def keys(self, dimension: str, least: int) -> Iterator[tuple[str, int]]:
        """Yield key and gross of a breakdown's keys of `least` gross and more."""
        for row, number in self._numbers.items():
            if self._totals[number] >= least:
                name, _, key = row.partition(":")
                if name == dimension:
                    yield key, self._totals[number]

    def ascending(self, row: str) -> Iterator[tuple[int, int]]:
        """Yield number and gross of the window's minutes that have the row, in order."""
        number = self._numbers.get(row)
        if number is None:
            return
        for minute in sorted(self._minutes):
            numbers, gross = self._minutes[minute]
            place = bisect_left(numbers, number)
            if minute in self.window and place < len(numbers) and numbers[place] == number:
                yield minute, gross[place]

    def _in_order(self, rows: dict[str, int]) -> "tuple[array[int], array[int]]":
        """Return the numbers and gross of a minute's rows, by number: so that one is soon found."""
        numbered = sorted((self._number(row), gross) for row, gross in rows.items())
        return array("i", (one for one, _ in numbered)), array("q", (one for _, one in numbered))

    def _number(self, row: str) -> int:
        number = self._numbers.setdefault(row, len(self._totals))
        if number == len(self._totals):
            self._totals.append(0)
        return number

    def _count(self, minute: int, times: int) -> None:
        if minute in self.window and minute in self._minutes:
            for number, gross in zip(*self._minutes[minute], strict=True):
                self._totals[number] += times * gross
