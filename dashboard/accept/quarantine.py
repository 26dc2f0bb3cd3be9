"""Held events that staff release: from the quarantine back to what the ledger takes."""

import msgspec

from dashboard.accept import admission, judge
from dashboard.core.events import Entry, Event, to_ms

_decode_event = msgspec.json.Decoder(Event).decode


def entry_of(raw: bytes, currency: str = "") -> Entry:
    """Return the entry of a held event; its buyer was hashed when it came.

    Raises `ValueError` (msgspec's errors are such) where `raw` is not a complete event, or is money
    of another currency than the campaign's, if that is given: cents are not to be added to fen.
    """
    event = _decode_event(raw)
    if lack := judge.lacking(event):
        raise ValueError(lack)
    if currency and event.currency is not None and event.currency.upper() != currency:
        raise ValueError(f"currency: expected {currency}, got {event.currency[:3]!r}")
    return admission.entry(event, to_ms(event.occurred_at), event.buyer or "")
