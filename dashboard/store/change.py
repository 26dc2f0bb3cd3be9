"""What a run of batches adds to a generation, and how its orders are kept."""

from collections import defaultdict

import msgspec

from dashboard.core.clock import MINUTE_MS
from dashboard.core.orders import Order

MINUTE_BYTES = 4
_encode = msgspec.msgpack.Encoder().encode


class Change(msgspec.Struct):
    """What a run of batches adds to a generation, up to ledger position `position`.

    `rows` are added to those held, by key and field; `orders` replaced, by digest; `keys` are those
    met for the first time; `ids` 20 bytes for each of the `events` counted.
    """

    position: int
    watermark_ms: int
    ids: bytes
    events: int
    rows: dict[str, dict[str, list[int]]]
    orders: dict[bytes, Order]
    keys: dict[str, list[str]]
    buyers: dict[int, set[str]]


def packed_order(order: Order) -> bytes:
    """Return an order as it is kept: the minute in which it closed, 0 while open, and its state."""
    closed = (order.closed_ms // MINUTE_MS).to_bytes(MINUTE_BYTES, "big")
    return closed + _encode(order)


def closed_by_minute(orders: dict[bytes, Order]) -> dict[str, bytes]:
    """Return the digests of the closed ones, put together by the minute in which they closed."""
    closed: dict[int, list[bytes]] = defaultdict(list)
    for digest, order in orders.items():
        if order.closed_ms:
            closed[order.closed_ms // MINUTE_MS].append(digest)
    return {str(minute): b"".join(digests) for minute, digests in closed.items()}
