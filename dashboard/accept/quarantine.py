"""Events that staff release: from the quarantine back to what the ledger takes."""

import msgspec

from dashboard.accept import admission, exchange, judge
from dashboard.core.events import Entry, Event, decode_entries, to_ms
from dashboard.store.keys import Facts

_decode_event = msgspec.json.Decoder(Event).decode


def entry_again(raw: bytes) -> Entry:
    """Return an isolated event as the ledger holds it, to be counted if it can be by now.

    Raises `ValueError` (msgspec's errors are such) where it is none, or was before the year 2000.
    """
    (entry,) = decode_entries(raw)
    if entry.at < judge.EARLIEST_MS:
        raise ValueError("occurred_at: expected the year 2000 or later")
    return entry


def entry_of(raw: bytes, facts: Facts) -> Entry:
    """Return the entry of a held event of a campaign; its buyer was hashed when it came.

    Money of another currency is converted by the rates as they stand now. Raises `ValueError`
    (msgspec's errors are such) where `raw` is not a complete event, was before the year 2000, or
    its currency has no rate at its time: cents are not to be added to fen.
    """
    event = _decode_event(raw)
    if lack := judge.lacking(event):
        raise ValueError(lack)
    at_ms, buyer = to_ms(event.occurred_at), event.buyer or ""
    if early := judge.too_early(event, at_ms):  # the tally cannot date what was before 1970
        raise ValueError(early)
    if event.currency is None or event.currency.upper() == facts.currency:
        return admission.entry(event, at_ms, buyer)
    event = msgspec.structs.replace(event, currency=event.currency.upper())
    ours = exchange.exchanged(event, at_ms, facts)
    return admission.entry(ours, at_ms, buyer, admission.original(event))
