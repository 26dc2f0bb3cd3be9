"""Shapes of answers that are made without a struct, for the API's description."""

import msgspec


class Rejected(msgspec.Struct):
    """An event that was not accepted: its place in the batch, its id if it has one, and why."""

    index: int
    id: str | None
    error: str


class Receipt(msgspec.Struct):
    """The answer to a batch: how many events are durable, and which were rejected."""

    batch: str
    accepted: int
    rejected: list[Rejected]


class Problem(msgspec.Struct):
    """An error, RFC 9457."""

    type: str
    title: str
    status: int
    detail: str


class Minute(msgspec.Struct, omit_defaults=True):
    """One minute, or one key of it under `by`; a minute without events has no row."""

    minute: str
    gross: int
    refunds: int
    net: int
    payments: int
    key: str | None = None
    failed: int | None = None
    submitted: int | None = None
    topups: int | None = None
    topup_count: int | None = None


class MinutesPage(msgspec.Struct):
    """A page of minutes; `next` is the address of the following one, relative to the server."""

    minutes: list[Minute]
    next: str | None
