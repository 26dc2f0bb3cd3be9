"""Who paid, as a rebuild tells it: a column at a time, beside its commits and not within them.

Python's strings, packed for a commit and unpacked by its script, cost a rebuild 0.45 µs an event.
An estimate takes what it is told in any order and any number of times, and nobody reads a shadow's.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dashboard.core.turnover import HOUR_MS
from dashboard.store.estimates import Estimates
from dashboard.store.generation import Generation
from dashboard.tally.columns import Columns
from dashboard.tally.reading import PAYMENT


class Payers:
    """Tells Redis who paid by what a shadow counts."""

    def __init__(self, generation: Generation) -> None:
        self._prefix = f"{generation.prefix}b:"
        self._estimates = Estimates(generation.client)
        self._coming: list[tuple[int, pl.Series]] = []

    def find(
        self, buyers: pl.Series, columns: Columns, rows: NDArray[np.intp]
    ) -> dict[int, set[str]]:
        """Find who paid by the events at `rows`, to be told once these are committed.

        Returns that the commit itself has nobody to tell of.
        """
        paying = rows[columns.kind[rows] == PAYMENT]
        hours = columns.at[paying] // HOUR_MS
        names = buyers.gather(paying)
        for hour in np.unique(hours).tolist():
            of_hour = names.filter(pl.Series(hours == hour))
            self._coming.append((hour, of_hour.filter(of_hour != "")))
        return {}

    def tell(self) -> None:
        """Tell Redis who was found. Raises `redis.RedisError`."""
        while self._coming:
            hour, names = self._coming.pop()
            self._estimates.add(f"{self._prefix}{hour}", names)

    def wait(self) -> None:
        """Return once Redis has taken in all it was told. Raises `redis.RedisError`."""
        self._estimates.wait()

    def close(self) -> None:
        """Hang up."""
        self._estimates.close()
