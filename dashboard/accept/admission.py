"""From a body to what the ledger takes: the path of the door, and of importers without HTTP."""

import msgspec

from dashboard.accept import exchange, judge
from dashboard.accept.buyers import pseudonyms, without_buyers
from dashboard.accept.decode import Decoded, check_text, decode, decode_faultless
from dashboard.accept.faults import Fault
from dashboard.accept.headers import JSON, NDJSON
from dashboard.accept.limits import MAX_LINE
from dashboard.accept.plain import plain
from dashboard.core.events import Entry, Event, Original
from dashboard.store.keys import Facts
from dashboard.store.ledger import Incoming, Reject
from dashboard.store.tables import Quarantined

__all__ = ["JSON", "NDJSON", "Admitted", "admit", "entry"]


# A pseudonym may be longer than the buyer: an event of 16 KiB must not lose its end to it.
_MAX_RAW = MAX_LINE + 32


class Admitted(msgspec.Struct, frozen=True):
    """One body admitted: what goes to the ledger, and what its sender is told.

    `rejected` broke the contract; `held` are accepted, and wait for staff.
    """

    incoming: Incoming
    rejected: list[Fault]
    held: list[Fault]

    @property
    def accepted(self) -> int:
        """How many events were accepted, the held ones included."""
        return self.incoming.count + len(self.held)


def admit(facts: Facts, source_id: int, body: bytes, content_type: str, now_ms: int) -> Admitted:
    """Check a body, not compressed, of type `JSON` or `NDJSON`; `now_ms` is real time.

    Raises `Problem` 400 or 413 where it cannot be read as a whole. Append `incoming` to the ledger,
    also where it has no events: what was rejected is kept in quarantine.
    """
    if admitted := _admit_plain(facts, source_id, body, content_type, now_ms):
        return admitted
    decoded = decode(body, content_type)
    entries, rejected, held = _sift(decoded, facts, judge.latest(facts.clock, now_ms))
    aside = _rejects(Quarantined.REJECTED, rejected, decoded) if rejected else []
    aside += _rejects(Quarantined.HELD, held, decoded) if held else []
    incoming = Incoming.of(facts.campaign_id, source_id, now_ms, entries, aside)
    return Admitted(incoming, rejected, held)


def admit_faultless(
    facts: Facts, source_id: int, body: bytes, content_type: str, now_ms: int
) -> Admitted | None:
    """As `admit`, in 2 to 4 microseconds an event, or None where anything needs a closer look.

    Raises `Problem` 400 where the body is no UTF-8.
    """
    if admitted := _admit_plain(facts, source_id, body, content_type, now_ms):
        return admitted
    decoded = decode_faultless(body, content_type)
    if decoded is None:
        return None
    entries, rejected, held = _sift(decoded, facts, judge.latest(facts.clock, now_ms))
    if rejected or held:
        return None
    return Admitted(Incoming.of(facts.campaign_id, source_id, now_ms, entries), [], [])


def _admit_plain(
    facts: Facts, source_id: int, body: bytes, content_type: str, now_ms: int
) -> Admitted | None:
    check_text(body)
    found = plain(body, content_type, facts, judge.latest(facts.clock, now_ms))
    if found is None:
        return None
    lines, count = found
    incoming = Incoming(
        campaign_id=facts.campaign_id,
        source_id=source_id,
        received_ms=now_ms,
        lines=lines,
        count=count,
    )
    return Admitted(incoming, [], [])


def _sift(
    decoded: Decoded, facts: Facts, latest_ms: int
) -> tuple[list[Entry], list[Fault], list[Fault]]:
    """Part the events into entries for the ledger, rejected and held ones."""
    entries: list[Entry] = []
    rejected: list[Fault] = []
    held: list[Fault] = []
    pseudonym = pseudonyms()
    for index, event in enumerate(decoded.events):
        if isinstance(event, Fault):
            rejected.append(event)
            continue
        at_ms = judge.occurred_ms(event)
        if judge.is_plain(event, at_ms, facts, latest_ms):
            entries.append(entry(event, at_ms, pseudonym(event.buyer) if event.buyer else ""))
        elif lack := judge.lacking(event):
            rejected.append(Fault(index, event.id, lack))
        elif isinstance(ours := exchange.believed(event, at_ms, facts, latest_ms), str):
            held.append(Fault(index, event.id, ours))
        else:
            converted = original(event) if ours is not event else None
            entries.append(
                entry(ours, at_ms, pseudonym(event.buyer) if event.buyer else "", converted)
            )
    return entries, rejected, held


def original(event: Event) -> Original | None:
    """Return the money of an event of another currency as it came; None where it names none."""
    return None if event.amount is None else (event.currency or "", event.amount)


def entry(event: Event, at_ms: int, buyer: str, original: Original | None = None) -> Entry:
    """Return the event as the ledger keeps it, `buyer` being a hash already.

    Its amount is in the campaign's currency; `original` is what it was converted from.
    """
    return Entry(
        id=event.id,
        type=event.type,
        at=at_ms,
        amount=event.amount or 0,
        count=event.count,
        order_id=event.order_id or "",
        buyer=buyer,
        platform=event.platform or "",
        category=event.category or "",
        region=event.region or "",
        channel=event.channel or "",
        merchant=event.merchant or "",
        name=event.name or "",
        value=event.value or 0,
        original=original,
    )


def _rejects(kind: str, faults: list[Fault], decoded: Decoded) -> list[Reject]:
    """Return faulty events for the quarantine; buyers go before anything is cut or kept."""
    pseudonym = pseudonyms()
    return [
        Reject(
            kind=kind,
            index=fault.index,
            event_id=fault.id or "",
            reason=fault.error,
            raw=without_buyers(bytes(decoded.pieces[fault.index])[:MAX_LINE], pseudonym)[:_MAX_RAW],
        )
        for fault in faults
    ]
