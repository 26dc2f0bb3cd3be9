"""Reading columns: how each field of events is gathered, piece by piece.

No element is a float: figures past 64 bits are kept as Python's integers.
"""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from dashboard.core.events import Entry
from dashboard.store.batch import StoredBatch
from dashboard.tally.ids import IdsReader

Figures = NDArray[Any]  # int64, or objects where a figure is longer

PAYMENT, REFUND, FAILURE, SUBMISSION, TOPUP, COUNT = range(6)
KINDS = {
    "payment.succeeded": PAYMENT,
    "payment.refunded": REFUND,
    "payment.failed": FAILURE,
    "order.submitted": SUBMISSION,
    "topup.succeeded": TOPUP,
    "counter": COUNT,
}
_FIGURES = {"at", "amount", "count", "value"}
_TEXTS = {"id", "buyer"}


class Coded(msgspec.Struct):
    """A column of text: each element's number, and the text of each number, "" included."""

    codes: NDArray[np.int32]
    texts: list[str]


class Reader(Protocol):
    """What gathers one column."""

    def read(self, run: Sequence[StoredBatch], lines: bytes, entries: list[Entry]) -> None:
        """Take in a piece: its batches, their lines, and the events that they are."""

    def column(self) -> Any:
        """Return the column of all pieces."""


def reader(name: str) -> Reader:
    """Return what gathers the column `name`: a field of `Entry`, `kind` or `ids`."""
    if name == "ids":
        return IdsReader()
    if name == "kind":
        return _Kinds()
    if name in _FIGURES:
        return _Figures(name)
    return _Texts(name) if name in _TEXTS else _Coded(name)


class _Kinds:
    def __init__(self) -> None:
        self._parts: list[NDArray[np.int8]] = []

    def read(self, run: Sequence[StoredBatch], lines: bytes, entries: list[Entry]) -> None:
        numbers = map(KINDS.__getitem__, [entry.type for entry in entries])
        self._parts.append(np.fromiter(numbers, np.int8, len(entries)))

    def column(self) -> NDArray[np.int8]:
        return np.concatenate(self._parts)


class _Figures:
    def __init__(self, name: str) -> None:
        self._get = attrgetter(name)
        self._parts: list[Figures] = []

    def read(self, run: Sequence[StoredBatch], lines: bytes, entries: list[Entry]) -> None:
        self._parts.append(whole(list(map(self._get, entries))))

    def column(self) -> Figures:
        return np.concatenate(self._parts)


class _Texts:
    def __init__(self, name: str) -> None:
        self._get = attrgetter(name)
        self._texts: list[str] = []

    def read(self, run: Sequence[StoredBatch], lines: bytes, entries: list[Entry]) -> None:
        self._texts += map(self._get, entries)

    def column(self) -> list[str]:
        return self._texts


class _Coded:
    def __init__(self, name: str) -> None:
        self._get = attrgetter(name)
        self._numbers = _Numbers()
        self._parts: list[NDArray[np.int32]] = []

    def read(self, run: Sequence[StoredBatch], lines: bytes, entries: list[Entry]) -> None:
        numbers = map(self._numbers.__getitem__, map(self._get, entries))
        self._parts.append(np.fromiter(numbers, np.int32, len(entries)))

    def column(self) -> Coded:
        return Coded(np.concatenate(self._parts), list(self._numbers))


class _Numbers(dict[str, int]):
    """The number of each text, in the order in which they were met."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


def whole(figures: list[int]) -> Figures:
    """Return figures as a column: int64, or Python's integers where one is longer."""
    try:
        return np.array(figures, np.int64)
    except OverflowError:
        return np.array(figures, object)
