"""The index of the ids that were counted: 24 bytes an id, in the memory of whoever counts.

Sorted runs, merged eight at a time, as in a log-structured merge tree; before them a filter of 16
to 32 bits an id, which 98 of 100 new ids fail, so that little but what was seen before is looked
for: 5,000 new ids against 10 million take 0.6 ms, and adding them as much.
"""

import numpy as np
from numpy.typing import NDArray

from dashboard.tally.ids import Ids

Mask = NDArray[np.bool_]

# So many runs of about one length become one: an id is moved four times on the way to 10 million.
_FAN = 8


class Index:
    """Ids with the checks over their bodies; each is to be added once."""

    def __init__(self, room: int = 4096) -> None:
        """Make an empty index; `room` is how many ids are expected, if that is known."""
        self._runs: list[Ids] = []
        self._size = 0
        self._filter = _Filter(room)

    def __len__(self) -> int:
        return self._size

    def add(self, ids: Ids) -> None:
        """Take in ids, none of which is held."""
        if not len(ids):
            return
        self._size += len(ids)
        self._runs.append(_ordered(ids))
        while _ripe(self._runs):
            self._runs[-_FAN:] = [_merged(self._runs[-_FAN:])]
        if self._size <= self._filter.room:
            self._filter.add(ids.low)
            return
        # Whole before it is used: one cut short by an error would hide ids that are held.
        larger = _Filter(2 * self._size)
        for run in self._runs:
            larger.add(run.low)
        self._filter = larger

    def find(self, ids: Ids) -> tuple[Mask, NDArray[np.uint32]]:
        """Return which of `ids` are held, and the checks they are held with."""
        found, checks = np.zeros(len(ids), bool), np.zeros(len(ids), np.uint32)
        rows = np.flatnonzero(self._filter.may_hold(ids.low))
        for run in self._runs:
            if not len(rows):
                break
            places = _places(run, ids[rows])
            hit = places >= 0
            found[rows[hit]] = True
            checks[rows[hit]] = run.check[places[hit]]
            rows = rows[~hit]
        return found, checks


class _Filter:
    """A Bloom filter over the low halves: two bits an id, both in one word."""

    def __init__(self, ids: int) -> None:
        self.room = 1 << (ids - 1).bit_length()
        self._words = np.zeros(self.room // 4, np.uint64)  # 16 bits an id

    def add(self, low: NDArray[np.uint64]) -> None:
        places, bits = self._bits(low)
        while len(places):
            self._words[places] |= bits
            # Of two that share a word only the later one was written.
            lost = (self._words[places] & bits) != bits
            places, bits = places[lost], bits[lost]

    def may_hold(self, low: NDArray[np.uint64]) -> Mask:
        places, bits = self._bits(low)
        held: Mask = (self._words[places] & bits) == bits
        return held

    def _bits(self, low: NDArray[np.uint64]) -> tuple[NDArray[np.intp], NDArray[np.uint64]]:
        places = (low & np.uint64(len(self._words) - 1)).astype(np.intp)
        one, two = ((low >> np.uint64(by)) & np.uint64(63) for by in (52, 58))
        return places, (np.uint64(1) << one) | (np.uint64(1) << two)


def _places(run: Ids, ids: Ids) -> NDArray[np.intp]:
    """Return where each of `ids` stands in a sorted run; -1 where it does not."""
    places = np.searchsorted(run.high, ids.high)
    found = np.full(len(ids), -1, np.intp)
    rows = np.arange(len(ids))
    while len(rows):
        inside = places[rows] < len(run)
        rows = rows[inside]
        rows = rows[run.high[places[rows]] == ids.high[rows]]
        hit = run.low[places[rows]] == ids.low[rows]
        found[rows[hit]] = places[rows[hit]]
        # Another id with the same high half: they stand side by side.
        rows = rows[~hit]
        places[rows] += 1
    return found


def _ripe(runs: list[Ids]) -> bool:
    """Return whether the last runs are to be one: the first of them is no longer than the rest."""
    return len(runs) >= _FAN and len(runs[-_FAN]) <= sum(map(len, runs[1 - _FAN :]))


def _ordered(ids: Ids) -> Ids:
    """Return ids by their high halves, ascending."""
    # Numbers alone are sorted eight times as fast as their places: these carry them in their end.
    shift = np.uint64(max(1, len(ids) - 1).bit_length())
    rows = np.arange(len(ids), dtype=np.uint64)
    mixed = np.sort((ids.high >> shift << shift) | rows)
    ordered = ids[(mixed & ((np.uint64(1) << shift) - np.uint64(1))).astype(np.intp)]
    if np.all(ordered.high[1:] >= ordered.high[:-1]):
        return ordered
    return ids[np.argsort(ids.high, kind="stable")]


def _merged(runs: list[Ids]) -> Ids:
    joined = Ids(
        *(np.concatenate([getattr(run, f) for run in runs]) for f in ("high", "low", "check"))
    )
    # "stable" finds the runs that are in order already: 10 ns an id.
    return joined[np.argsort(joined.high, kind="stable")]


def sort_out(ids: Ids, index: Index) -> tuple[Mask, list[int]]:
    """Return which of `ids` are new, and the rows of those known with another body, in order.

    The first of a kind in the ledger's order stands, in the index or among `ids` themselves.
    """
    found, checks = index.find(ids)
    conflict = found & (checks != ids.check)
    new = ~found
    rows = _alike(ids.high, np.flatnonzero(new))
    first: dict[tuple[int, int], int] = {}
    columns = (ids.high[rows].tolist(), ids.low[rows].tolist(), ids.check[rows].tolist())
    for row, high, low, check in zip(rows.tolist(), *columns, strict=True):
        stands = first.setdefault((high, low), row)
        new[row] = stands == row
        conflict[row] = check != ids.check[stands]
    return new, np.flatnonzero(conflict).tolist()


def _alike(high: NDArray[np.uint64], rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return those of `rows`, in order, whose high half another of them has too."""
    order = rows[np.argsort(high[rows])]
    same = np.flatnonzero(high[order[1:]] == high[order[:-1]])
    alike: NDArray[np.intp] = np.unique(order[np.concatenate((same, same + 1))])
    return alike
