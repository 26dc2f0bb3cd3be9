"""The event: as it comes in over the wire, and as the ledger keeps it."""

from datetime import UTC, datetime
from typing import Annotated, Literal

import msgspec

from dashboard.core.money import MAX_AMOUNT

EventType = Literal[
    "payment.succeeded",
    "payment.refunded",
    "payment.failed",
    "order.submitted",
    "topup.succeeded",
    "counter",
]
MONEY_TYPES = frozenset({"payment.succeeded", "payment.refunded", "topup.succeeded"})

Label = Annotated[str, msgspec.Meta(max_length=64)]
Identity = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One event as a source sends it: the fields and limits of the public contract.

    Fields the board does not know are ignored. What a type needs beyond this (money types an
    amount and a currency, counters a name and a value) is checked by `accept`.
    """

    id: Identity
    type: EventType
    occurred_at: Annotated[datetime, msgspec.Meta(tz=True)]
    amount: Annotated[int, msgspec.Meta(ge=0, le=MAX_AMOUNT)] | None = None
    currency: str | None = None
    count: Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000)] = 1
    order_id: Identity | None = None
    buyer: Identity | None = None
    platform: Label | None = None
    category: Label | None = None
    region: Label | None = None
    channel: Label | None = None
    merchant: Label | None = None
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=64)] | None = None
    value: Annotated[int, msgspec.Meta(ge=-MAX_AMOUNT, le=MAX_AMOUNT)] | None = None


# Currency and amount in its minor unit, as the source sent them.
Original = tuple[str, int]


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One event as the ledger keeps it: a line of JSON in a batch.

    `at` is milliseconds since 1970 UTC; `amount` is in the campaign currency's minor unit; `buyer`
    is a keyed hash; empty strings stand for "not given". Where the source sent another currency,
    `amount` was converted when the event was accepted, once and for all, and `original` is what it
    was; it stays the last field (see `identity.body_check`).
    """

    id: str
    type: EventType
    at: int
    amount: int = 0
    count: int = 1
    order_id: str = ""
    buyer: str = ""
    platform: str = ""
    category: str = ""
    region: str = ""
    channel: str = ""
    merchant: str = ""
    name: str = ""
    value: int = 0
    original: Original | None = None


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_decode_lines = msgspec.json.Decoder(Entry).decode_lines
_encode_lines = msgspec.json.Encoder().encode_lines


def to_ms(moment: datetime) -> int:
    """Return an aware datetime as whole milliseconds since 1970 UTC, cut."""
    since = moment - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000


def from_ms(ms: int) -> datetime:
    """Return milliseconds since 1970 UTC as an aware datetime in UTC."""
    return datetime.fromtimestamp(ms // 1000, UTC).replace(microsecond=ms % 1000 * 1000)


def rfc3339(ms: int) -> str:
    """Return milliseconds since 1970 UTC as RFC 3339 in UTC: seconds, or milliseconds if any."""
    moment = from_ms(ms).replace(tzinfo=None)
    return moment.isoformat(timespec="milliseconds" if ms % 1000 else "seconds") + "Z"


def encode_entries(entries: list[Entry]) -> bytes:
    """Return entries as the ledger stores them before compression: one JSON object a line."""
    return _encode_lines(entries)


def decode_entries(lines: bytes) -> list[Entry]:
    """Return the entries of one batch, in their order."""
    return _decode_lines(lines)
