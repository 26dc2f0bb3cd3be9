"""Running sums of minutes' figures, field by field."""

from collections import defaultdict
from collections.abc import Iterator
from sys import intern

from dashboard.core.dimensions import BY_NAME

Row = dict[str, int]

COUNTER = "counter"
_ON_FRAME = frozenset(name for name, dimension in BY_NAME.items() if dimension.on_frame)
_MEASURES = ("gross", "payments")


def on_frames(fields: Row) -> Row:
    """Return those of a minute's fields that frames tell of; the rest would only take room."""
    return {intern(field): value for field, value in fields.items() if _wanted(field)}


def _wanted(field: str) -> bool:
    first, _, rest = field.partition(":")
    if not rest or first == COUNTER:
        return True
    return first in _ON_FRAME and rest.startswith(("gross:", "payments:"))


class Sums:
    """Exact sums over minutes; `total` by field, and which keys each breakdown has."""

    def __init__(self) -> None:
        self.total: dict[str, int] = defaultdict(int)
        self._keys: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)

    def change(self, old: Row, new: Row) -> None:
        """Take in that a minute's fields are `new` instead of `old`; costs what differs."""
        for field, value in new.items():
            if difference := value - old.get(field, 0):
                self._add(field, difference)
        for field in old.keys() - new.keys():
            self._add(field, -old[field])

    def keys(self, dimension: str) -> Iterator[tuple[str, int, int]]:
        """Yield key, gross and payments of a breakdown, those with neither left out."""
        for key, (gross, payments) in self._keys[dimension].items():
            if self.total[gross] or self.total[payments]:
                yield key, self.total[gross], self.total[payments]

    def counters(self) -> list[str]:
        """Return the names of the counters, in order."""
        return sorted(self._keys[COUNTER])

    def _add(self, field: str, difference: int) -> None:
        if field not in self.total:
            self._meet(field)
        self.total[field] += difference

    def _meet(self, field: str) -> None:
        first, _, rest = field.partition(":")
        if first == COUNTER:
            self._keys[COUNTER][rest] = (field, field)
        elif rest:
            key = rest.partition(":")[2]
            gross, payments = (f"{first}:{measure}:{key}" for measure in _MEASURES)
            self._keys[first][key] = (gross, payments)
