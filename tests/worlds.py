"""Small worlds: a campaign with a source, and entries in its ledger."""

from datetime import UTC, datetime
from typing import Any

from dashboard.core.events import Entry
from dashboard.store import appending, campaigns, ledger
from dashboard.store.batch import PackedBatch
from dashboard.store.ledger import Incoming
from dashboard.store.tables import Campaign, Source

# 2012-11-11T00:00 in Shanghai.
MIDNIGHT_MS = 1_352_563_200_000


def festival(
    slug: str = "festival", currency: str = "CNY", **fields: Any
) -> tuple[Campaign, Source]:
    """Return a campaign of 24 hours from MIDNIGHT_MS, and its source."""
    return campaigns.create(
        slug,
        name=slug.title(),
        currency=currency,
        timezone="Asia/Shanghai",
        start=datetime(2012, 11, 10, 16, tzinfo=UTC),
        end=datetime(2012, 11, 11, 16, tzinfo=UTC),
        **fields,
    )


def payment(id_: str, amount: int = 100, after_ms: int = 0, **fields: Any) -> Entry:
    """Return a payment `after_ms` after midnight."""
    return Entry(
        id=id_, type="payment.succeeded", at=MIDNIGHT_MS + after_ms, amount=amount, **fields
    )


def event(type_: str, id_: str, after_ms: int = 0, **fields: Any) -> Entry:
    """Return an event of any type `after_ms` after midnight."""
    return Entry(id=id_, type=type_, at=MIDNIGHT_MS + after_ms, **fields)  # type: ignore[arg-type]


def append(source: Source, *entries: Entry) -> int:
    """Append one batch to the ledger; return its number."""
    incoming = Incoming.of(source.campaign_id, source.pk, MIDNIGHT_MS, list(entries))
    return ledger.append([incoming])[0]


def packed(seq: int, lines: bytes, events: int, source: int = 1, **fields: Any) -> PackedBatch:
    """Return a batch as the ledger keeps it."""
    return PackedBatch(7, seq, source, MIDNIGHT_MS, events, *appending.packed(lines), **fields)
