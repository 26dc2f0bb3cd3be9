"""What becomes of an order: submitted, then paid or failed, told in any order.

Open orders are remembered until they are paid or fail, closed ones for 15 minutes of campaign
time, so that memory stays bounded and events that come out of order still settle right.
"""

from typing import Literal

import msgspec

REMEMBER_CLOSED_MS = 15 * 60_000

State = Literal["open", "paid", "failed"]


class Order(msgspec.Struct, frozen=True, array_like=True):
    """An order's payment state.

    `weight` is the `count` of its submission, `submitted_ms` 0 while that is unknown, `closed_ms` 0
    while it is open. `platform` and `channel` are the payment's, for its submit-to-paid time.
    """

    state: State
    weight: int
    submitted_ms: int = 0
    closed_ms: int = 0
    platform: str = ""
    channel: str = ""


class Step(msgspec.Struct, frozen=True):
    """What one event changes: the order after it, open orders by second, and a time to pay."""

    order: Order
    opened: tuple[int, int] | None = None  # second of submission, weight
    closed: tuple[int, int] | None = None  # second of submission, weight
    paid_ms: int | None = None  # from submission to payment, once both are known


def remembered(order: Order | None, watermark_ms: int) -> Order | None:
    """Return the order unless it closed too long before the latest event time seen so far."""
    if order and order.closed_ms and order.closed_ms + REMEMBER_CLOSED_MS < watermark_ms:
        return None
    return order


def submitted(order: Order | None, at: int, weight: int) -> Step:
    """Return what an `order.submitted` of `weight` orders at `at` (ms) changes."""
    if order is None or (order.state == "failed" and at > order.closed_ms):
        return Step(Order("open", weight, at), opened=(at // 1000, weight))
    if order.state == "open" and at > order.submitted_ms:
        # Submitted anew: the attempt before may have failed, and be told of later.
        again = Order("open", weight, at)
        return Step(again, opened=(at // 1000, weight), closed=_closing(order))
    if order.submitted_ms:
        return Step(order)
    known = msgspec.structs.replace(order, submitted_ms=at)
    return Step(known, paid_ms=max(0, order.closed_ms - at) if order.state == "paid" else None)


def paid(order: Order | None, at: int, weight: int, platform: str, channel: str) -> Step:
    """Return what a `payment.succeeded` at `at` (ms) changes; the first payment closes an order."""
    if order is not None and order.state == "paid":
        return Step(order)
    since = order.submitted_ms if order else 0
    weight = order.weight if order else weight
    return Step(
        Order("paid", weight, since, at, platform, channel),
        closed=_closing(order),
        paid_ms=max(0, at - since) if since else None,
    )


def failed(order: Order | None, at: int, weight: int) -> Step:
    """Return what a `payment.failed` at `at` (ms) changes; it never undoes a payment.

    Nor does it close an order that was submitted anew after it.
    """
    if order is not None and (order.state != "open" or at < order.submitted_ms):
        return Step(order)
    since = order.submitted_ms if order else 0
    weight = order.weight if order else weight
    return Step(Order("failed", weight, since, at), closed=_closing(order))


def _closing(order: Order | None) -> tuple[int, int] | None:
    if order is not None and order.state == "open":
        return order.submitted_ms // 1000, order.weight
    return None
