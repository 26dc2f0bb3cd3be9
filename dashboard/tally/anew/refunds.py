"""Orders that were refunded above what they paid."""

import msgspec
import polars as pl

from dashboard.tally.anew.sums import Sums


class Overrefunded(msgspec.Struct, frozen=True):
    """An order and its sums, minor units: more was refunded than paid."""

    order_id: str
    paid: int
    refunded: int


class Refunds:
    """Remembers what was paid by order, 16 bytes a payment, and what was refunded."""

    def __init__(self) -> None:
        self._paid: list[pl.DataFrame] = []
        self._refunded = Sums(("order_id",), ("amount",))

    def add(self, frame: pl.DataFrame) -> None:
        """Take in a frame of new events."""
        naming = frame.select("order_id", "type", "amount").filter(pl.col("order_id") != "")
        paid = naming.filter(pl.col("type") == "payment.succeeded")
        self._paid.append(paid.select(pl.col("order_id").hash().alias("order"), "amount"))
        self._refunded.add(naming.filter(pl.col("type") == "payment.refunded"))

    def above_paid(self) -> list[Overrefunded]:
        """Return the orders refunded above what they paid, the largest difference first."""
        refunded = self._refunded.total().cast({"order_id": pl.String, "amount": pl.Int128})
        named = refunded.with_columns(order=pl.col("order_id").hash())
        paid = Sums(("order",), ("paid",))
        for part in self._paid:
            known = part.rename({"amount": "paid"})
            paid.add(known.join(named.select("order"), on="order", how="semi"))
        sums = named.join(paid.total().cast({"order": pl.UInt64}), on="order", how="left")
        rows = sums.with_columns(pl.col("paid").fill_null(0)).select("order_id", "paid", "amount")
        found = [Overrefunded(*row) for row in rows.iter_rows() if row[2] > row[1]]
        return sorted(found, key=lambda one: (one.paid - one.refunded, one.order_id))
