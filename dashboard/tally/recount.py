"""Recounting: the money of each minute anew from the ledger, with nothing of the tally in it.

The check that runs beside the board: it follows the ledger batch by batch, remembers the ids it
has met, 24 bytes each and as much again for a moment, and adds up. It shares with the tally how an
event is read and told from another, and not how figures are summed, committed and read back.
"""

import time
from collections import defaultdict

import numpy as np

from dashboard.core.clock import MINUTE_MS
from dashboard.store import ledger
from dashboard.tally.columns import Columns, chunks
from dashboard.tally.index import Index, sort_out
from dashboard.tally.reading import KINDS, Figures

# So many events are decoded at once: some 10 ms, some megabytes.
_EVENTS_A_RUN = 5_000
# The sum of which figure is which measure of a minute, by kind of event.
_AMOUNTS = {
    "payment.succeeded": "gross",
    "payment.refunded": "refunds",
    "topup.succeeded": "topups",
}
_COUNTS = {
    "payment.succeeded": "payments",
    "payment.failed": "failed",
    "order.submitted": "submitted",
    "topup.succeeded": "topup_count",
}
_WANTED = ("ids", "kind", "at", "amount", "count")
MEASURES = (*_AMOUNTS.values(), *_COUNTS.values())


class Recount:
    """One campaign's minutes, recounted up to ledger position `position`."""

    def __init__(self, campaign_id: int) -> None:
        self.campaign_id = campaign_id
        self.position = 0
        self.minutes: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(MEASURES, 0))
        self._index = Index()

    def follow(self, until: int, seconds: float) -> bool:
        """Recount up to batch `until`, for about `seconds`; return whether that was reached.

        Raises `ledger.CorruptBatch` and `django.db.DatabaseError`.
        """
        end = time.monotonic() + seconds
        following = ledger.stream_after(self.campaign_id, self.position, until)
        for run in chunks(following, _EVENTS_A_RUN):
            self._add(Columns(run, _WANTED))
            self.position = run[-1].seq
            if time.monotonic() >= end:
                break
        return self.position >= until

    def total(self, measure: str, window: range) -> int:
        """Return the sum of one measure over the minutes of a window."""
        return sum(row[measure] for minute, row in self.minutes.items() if minute in window)

    def _add(self, columns: Columns) -> None:
        new, _ = sort_out(columns.ids, self._index)
        rows = np.flatnonzero(new)
        self._index.add(columns.ids[rows])
        kinds, minutes = columns.kind[rows], columns.at[rows] // MINUTE_MS
        for measures, figures in ((_AMOUNTS, columns.amount[rows]), (_COUNTS, columns.count[rows])):
            for kind, measure in measures.items():
                told = kinds == KINDS[kind]
                self._sum(measure, minutes[told], figures[told])

    def _sum(self, measure: str, minutes: Figures, figures: Figures) -> None:
        distinct, places = np.unique(minutes, return_inverse=True)
        sums: Figures = np.zeros(len(distinct), _wide_enough(figures))
        np.add.at(sums, places, figures)
        for minute, figure in zip(distinct.tolist(), sums.tolist(), strict=True):
            self.minutes[minute][measure] += figure


def _wide_enough(figures: Figures) -> type:
    """Return the type in which any sum of these is exact: int64, or Python's integers."""
    if figures.dtype == object or not len(figures):
        return object
    most = max(abs(int(figures.max())), abs(int(figures.min())))
    return np.int64 if most * len(figures) < 2**63 else object
