"""What a board must show, in thirty lines: the first body of each id counts, once, in its minute.

The state machine beside it holds the real path against this.
"""

from collections import Counter
from fractions import Fraction
from typing import NamedTuple

CURRENCY, FOREIGN, RATE, NO_RATE = "CNY", "EUR", Fraction(3, 2), "USD"
CAP, MOST_AHEAD_MS, MINUTE_MS = 1_000, 120_000, 60_000
MONEY = {"payment.succeeded": "gross", "payment.refunded": "refunds", "topup.succeeded": "topups"}
COUNTED = {"payment.failed": "failed", "order.submitted": "submitted"}


class Told(NamedTuple):
    """One event as its source tells it; `currency` "" where its type is not money."""

    id: str
    type: str
    at_ms: int
    amount: int
    currency: str
    platform: str
    order_id: str


class Model:
    """`first` has, in the ledger's order, the event that stands for each source's id."""

    def __init__(self) -> None:
        self.first: dict[tuple[int, str], Told] = {}
        self.held: list[tuple[int, Told]] = []
        self.conflicts = self.rejected = 0

    def accept(self, source: int, told: Told, now_ms: int) -> None:
        """Count, hold or reject what a source tells at `now_ms`."""
        if told.amount < 0:
            self.rejected += 1
        elif (amount := own(told)) is None or amount > CAP or told.at_ms > now_ms + MOST_AHEAD_MS:
            self.held.append((source, told))
        else:
            self.count(source, told)

    def count(self, source: int, told: Told) -> None:
        """Count an event, unless its id was counted; with another body that is a conflict."""
        self.conflicts += self.first.setdefault((source, told.id), told) != told

    def release(self, place: int, now_ms: int) -> bool:
        """Count a held event, unless it has no rate or is still to come; return whether it was."""
        source, told = self.held[place]
        if own(told) is None or told.at_ms > now_ms:
            return False
        del self.held[place]
        self.count(source, told)
        return True

    def minutes(self) -> dict[int, Counter[str]]:
        """Return the figures of every minute, inside the window or not."""
        found: dict[int, Counter[str]] = {}
        for told in self.first.values():
            row = found.setdefault(told.at_ms // MINUTE_MS, Counter())
            row[MONEY.get(told.type) or COUNTED[told.type]] += _adds(told)
            if told.type == "payment.succeeded":
                key = told.platform or "unknown"
                row.update({"payments": 1, f"platform:gross:{key}": _adds(told)})
                row[f"platform:payments:{key}"] += 1
        return found


def own(told: Told) -> int | None:
    """Return an amount in the campaign's currency, half even; None without a rate."""
    if told.currency == NO_RATE:
        return None
    return round(told.amount * RATE) if told.currency == FOREIGN else told.amount


def _adds(told: Told) -> int:
    return own(told) or 0 if told.type in MONEY else 1
