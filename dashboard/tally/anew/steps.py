"""Following orders step by step, where their history is not a plain one."""

from typing import Any

import msgspec
import polars as pl

from dashboard.core.orders import Order, Step, failed, paid, remembered, submitted

STATE = pl.Schema(
    {
        "order_id": pl.String,
        "state": pl.String,
        "weight": pl.Int64,
        "submitted_ms": pl.Int64,
        "closed_ms": pl.Int64,
        "platform": pl.String,
        "channel": pl.String,
    }
)
CHANGE = pl.Schema({"second": pl.Int64, "weight": pl.Int64})
TIME = pl.Schema(
    {
        "closed_ms": pl.Int64,
        "platform": pl.String,
        "channel": pl.String,
        "weight": pl.Int64,
        "ms": pl.Int64,
    }
)
EVENT = ("order_id", "type", "at", "count", "platform", "channel", "now_ms")


class Followed(msgspec.Struct):
    """Orders as they now are (`STATE`), what opened or closed (`CHANGE`), times to pay (`TIME`)."""

    states: pl.DataFrame
    pending: pl.DataFrame
    times: pl.DataFrame


def follow(events: pl.DataFrame, before: pl.DataFrame) -> Followed:
    """Return what the events make of their orders, which were as `before` says."""
    rows = before.select(STATE.names()).iter_rows()
    orders = {order_id: Order(*state) for order_id, *state in rows}
    pending: list[tuple[int, int]] = []
    times: list[tuple[Any, ...]] = []
    for order_id, *told, now_ms in events.select(EVENT).iter_rows():
        step = _step(remembered(orders.get(order_id), now_ms), *told)
        order = orders[order_id] = step.order
        pending += [step.opened] if step.opened else []
        pending += [(step.closed[0], -step.closed[1])] if step.closed else []
        if step.paid_ms is not None:
            told_ms = (order.closed_ms, order.platform, order.channel, order.weight, step.paid_ms)
            times.append(told_ms)
    states = [(order_id, *msgspec.structs.astuple(order)) for order_id, order in orders.items()]
    return Followed(
        pl.DataFrame(states, schema=STATE, orient="row"),
        pl.DataFrame(pending, schema=CHANGE, orient="row"),
        pl.DataFrame(times, schema=TIME, orient="row"),
    )


def _step(
    order: Order | None, type_: str, at: int, count: int, platform: str, channel: str
) -> Step:
    if type_ == "order.submitted":
        return submitted(order, at, count)
    if type_ == "payment.failed":
        return failed(order, at, count)
    return paid(order, at, count, platform, channel)
