"""The keys of the breakdowns: which are counted apiece, and under which names in a minute."""

from collections.abc import Container

from dashboard.core.dimensions import BY_NAME, OTHER, UNKNOWN
from dashboard.core.rows import COUNTER as COUNTER

# Named counters are limited like a breakdown's keys.
MAX_COUNTERS = 1_000


class Known:
    """The keys of one dimension met so far: the first `limit` apiece, later ones as `other`.

    `size` is how many the tallies hold already and `held` those of them that matter here (all that
    the coming entries name); `fresh` gathers the ones met for the first time.
    """

    def __init__(self, dimension: str, size: int = 0, held: Container[str] = ()) -> None:
        self.dimension = dimension
        self.fresh: list[str] = []
        self._limit = BY_NAME[dimension].max_keys if dimension in BY_NAME else MAX_COUNTERS
        self._size = size
        self._held = held
        self._named: dict[str, str] = {}

    def key(self, value: str) -> str:
        """Return the key that an event's value counts under; one met first is told in `fresh`."""
        known = self._named.get(value)
        if known is None:
            known = self._named[value] = self._key(value)
        return known

    def _key(self, value: str) -> str:
        if not value:
            return UNKNOWN
        if value in (OTHER, UNKNOWN) or value in self._held:
            return value
        if self._size >= self._limit:
            return OTHER
        self._size += 1
        self.fresh.append(value)
        return value
