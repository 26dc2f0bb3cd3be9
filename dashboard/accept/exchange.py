"""Events of another currency than the campaign's, by its dated rates."""

import msgspec

from dashboard.accept import judge
from dashboard.accept.faults import described
from dashboard.core import rates
from dashboard.core.events import Event
from dashboard.core.money import MAX_AMOUNT
from dashboard.store.keys import Facts


class NotExchanged(ValueError):
    """An event that cannot be had in the campaign's currency; the message names the field."""


def exchanged(event: Event, at_ms: int, facts: Facts) -> Event:
    """Return an event of another currency in the campaign's; raises `NotExchanged`.

    `at_ms` is when it occurred. An amount above the most that an event may have is not one either.
    """
    dated = facts.rates.get(event.currency or "")
    by = dated.at(at_ms) if dated else None
    if by is None:
        rated = " or one with a rate at its time" if facts.rates else ""
        got = described("currency", event.currency)
        raise NotExchanged(f"currency: expected {facts.currency}{rated}, got {got}")
    amount = None if event.amount is None else rates.convert(event.amount, by)
    if amount is not None and amount > MAX_AMOUNT:
        got = f"{amount}, from {event.amount} {event.currency}"
        raise NotExchanged(f"amount: expected at most {MAX_AMOUNT} in {facts.currency}, got {got}")
    return msgspec.structs.replace(event, amount=amount, currency=facts.currency)


def believed(event: Event, at_ms: int, facts: Facts, latest_ms: int) -> Event | str:
    """Return an event in the campaign's currency, itself if it is; or why it is to be held."""
    if event.currency in (None, facts.currency):
        return judge.doubtful(event, at_ms, facts, latest_ms) or event
    try:
        ours = exchanged(event, at_ms, facts)
    except NotExchanged as why:
        return str(why)
    still = judge.doubtful(ours, at_ms, facts, latest_ms)
    return f"{still}, from {event.amount} {event.currency}" if still else ours
