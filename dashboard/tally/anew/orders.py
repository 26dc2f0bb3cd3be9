"""What becomes of orders, many at once.

Most are submitted and paid, or paid and no more: those are columns. Whatever else is told of an
order is followed step by step (`steps.py`).
"""

from collections.abc import Iterator, Sequence

import polars as pl

from dashboard.core.clock import MINUTE_MS
from dashboard.core.orders import REMEMBER_CLOSED_MS
from dashboard.core.rows import PAID_BUCKETS
from dashboard.core.turnover import LONGEST_TO_PAY_MS, Minutes
from dashboard.tally.anew.steps import CHANGE, EVENT, STATE, TIME, Followed, follow
from dashboard.tally.anew.sums import Sums

_SUBMITTED, _PAID, _FAILED = "order.submitted", "payment.succeeded", "payment.failed"


class Orders:
    """Follows orders frame after frame; `watermark_ms` is the latest event time seen."""

    def __init__(self) -> None:
        self.watermark_ms = 0
        self._held = pl.DataFrame(schema=STATE)
        self._pending = Sums(("second",), ("weight",))
        self._times = {
            name: Sums(("minute", name, "bucket"), ("weight", "weighted_ms"))
            for name in ("platform", "channel")
        }

    def add(self, frame: pl.DataFrame) -> None:
        """Follow the orders that a frame of new events names; it has keys for values."""
        seen = pl.max_horizontal(pl.col("at").cum_max(), pl.lit(self.watermark_ms))
        timed = frame.with_columns(now_ms=seen)
        if timed.height:
            self.watermark_ms = int(timed["now_ms"][-1])
        naming = pl.col("type").is_in([_SUBMITTED, _PAID, _FAILED]) & (pl.col("order_id") != "")
        events = timed.select(EVENT).filter(naming)
        if events.height:
            self._follow(events)
        self._held = self._held.filter(~_closed_long_before(self.watermark_ms))

    def minutes(self, minutes: Minutes) -> None:
        """Add the times from submission to payment to `minutes`."""
        for name, sums in self._times.items():
            for minute, key, bucket, weight, weighted_ms in sums.total().iter_rows():
                row = minutes[minute]
                row[f"{name}:paid_le_{bucket}:{key}"] = weight
                for field, figure in (("paid_n", weight), ("paid_ms", weighted_ms)):
                    row[f"{name}:{field}:{key}"] = row.get(f"{name}:{field}:{key}", 0) + figure

    def pending(self) -> dict[int, int]:
        """Return the open orders by second of submission."""
        return {second: weight for second, weight in self._pending.total().iter_rows() if weight}

    def held(self) -> Iterator[tuple[str, Sequence[str | int]]]:
        """Yield the orders that are remembered: id, and the fields of `core.orders.Order`."""
        return ((order_id, state) for order_id, *state in self._held.iter_rows())

    def _follow(self, events: pl.DataFrame) -> None:
        told = _told(events)
        known = self._held.join(told.select("order_id"), on="order_id", how="semi")
        orders = told.join(known, on="order_id", how="left").with_columns(_unless_forgotten())
        plain, rest = orders.filter(_PLAIN), orders.filter(~_PLAIN)
        self._take(_plainly(plain))
        naming = events.join(rest.select("order_id"), "order_id", "semi", maintain_order="left")
        self._take(follow(naming, rest.select(STATE.names()).drop_nulls("state")))

    def _take(self, followed: Followed) -> None:
        if not followed.states.height:
            return
        self._pending.add(followed.pending)
        times = followed.times.filter(pl.col("ms").is_not_null()).with_columns(_timed())
        for sums in self._times.values():
            sums.add(times)
        others = self._held.join(followed.states.select("order_id"), on="order_id", how="anti")
        self._held = pl.concat([others, followed.states])


def _told(events: pl.DataFrame) -> pl.DataFrame:
    """Return a row an order: the first event that names it, and the last."""
    columns = ("type", "at", "count", "now_ms")
    last = ("type", "at", "platform", "channel")
    return events.group_by("order_id").agg(
        pl.len().alias("events"),
        *(pl.col(name).first().alias(f"first_{name}") for name in columns),
        *(pl.col(name).last().alias(f"last_{name}") for name in last),
    )


def _closed_long_before(now_ms: int | pl.Expr) -> pl.Expr:
    return (pl.col("closed_ms") != 0) & (pl.col("closed_ms") + REMEMBER_CLOSED_MS < now_ms)


def _unless_forgotten() -> list[pl.Expr]:
    gone = _closed_long_before(pl.col("first_now_ms"))
    columns = [name for name in STATE if name != "order_id"]
    return [pl.when(~gone).then(pl.col(name)).alias(name) for name in columns]


_NEW = pl.col("state").is_null()
_ONE = pl.col("events") == 1
_IS_SUBMITTED, _IS_PAID = pl.col("first_type") == _SUBMITTED, pl.col("last_type") == _PAID
_BOTH = (pl.col("events") == 2) & _IS_SUBMITTED & _IS_PAID & (pl.col("first_at") > 0)
# New: submitted, or paid, or both in that order; or open, and now paid.
_PLAIN = (
    (_NEW & ((_ONE & (_IS_SUBMITTED | _IS_PAID)) | _BOTH))
    | ((pl.col("state") == "open") & _ONE & _IS_PAID)
).fill_null(value=False)


def _plainly(orders: pl.DataFrame) -> Followed:
    """Return what becomes of orders with a plain history: `core.orders`, in columns."""
    since = pl.when(_NEW).then(pl.when(_IS_SUBMITTED).then("first_at").otherwise(0))
    after = orders.select(
        "order_id",
        state=pl.when(_IS_PAID).then(pl.lit("paid")).otherwise(pl.lit("open")),
        weight=pl.when(_NEW).then("first_count").otherwise("weight"),
        submitted_ms=since.otherwise("submitted_ms"),
        closed_ms=pl.when(_IS_PAID).then("last_at").otherwise(0),
        platform=pl.when(_IS_PAID).then("last_platform").otherwise(pl.lit("")),
        channel=pl.when(_IS_PAID).then("last_channel").otherwise(pl.lit("")),
    )
    opened = after.filter(pl.col("state") == "open").select(
        second=pl.col("submitted_ms") // 1000, weight="weight"
    )
    closed = orders.filter(~_NEW).select(
        second=pl.col("submitted_ms") // 1000, weight=-pl.col("weight")
    )
    waited = (pl.col("closed_ms") - pl.col("submitted_ms")).clip(lower_bound=0)
    times = after.filter((pl.col("state") == "paid") & (pl.col("submitted_ms") != 0)).select(
        "closed_ms", "platform", "channel", "weight", ms=waited
    )
    return Followed(after, pl.concat([opened, closed]).cast(CHANGE), times.cast(TIME))


def _timed() -> list[pl.Expr]:
    """Return the minute, the bucket and the weighted time of each time to pay."""
    ms = pl.col("ms").clip(upper_bound=LONGEST_TO_PAY_MS)
    bucket = pl.lit("inf")
    for le in reversed(PAID_BUCKETS):
        bucket = pl.when(ms <= le * 1000).then(pl.lit(str(le))).otherwise(bucket)
    return [
        (pl.col("closed_ms") // MINUTE_MS).alias("minute"),
        bucket.alias("bucket"),
        (ms * pl.col("weight")).alias("weighted_ms"),
    ]
