"""What is admitted plainly, a body at once, is what event by event would be admitted."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.accept import judge, strict
from dashboard.accept.admission import JSON, NDJSON, entry
from dashboard.accept.buyers import pseudonyms
from dashboard.accept.faults import Fault
from dashboard.accept.plain import plain
from dashboard.core.events import Entry, encode_entries
from tests.accept.desk import FACTS, NOW_MS, payment

LATEST_MS = judge.latest(FACTS.clock, NOW_MS)
labels = st.text(max_size=8) | st.sampled_from(["", '"', "\\", "浙江", "}", "[", None])
ALTERED: dict[str, st.SearchStrategy[Any]] = {
    "type": st.sampled_from(["payment.refunded", "order.submitted", "counter"]),
    "occurred_at": st.sampled_from(["2012-11-11T00:00:01.9999Z", "1999-12-31T23:59:59Z"]),
    "amount": st.integers(0, FACTS.payment_cap + 1),
    "currency": st.sampled_from(["CNY", "USD", None]),
    "count": st.integers(0, 2),
    "order_id": labels,
    "buyer": labels,
    "region": labels,
    "merchant": labels,
    "name": labels,
    "value": st.integers(-1, 1),
    "at": st.integers(),
    "original": st.just(["USD", 1]),
    "note": labels | st.dictionaries(labels.filter(bool), labels, max_size=2),
}


@st.composite
def events(draw: st.DrawFn) -> str:
    """Draw a payment with fields altered, left out, added and repeated."""
    names = draw(st.lists(st.sampled_from(sorted(ALTERED)), max_size=3))
    pairs = [*payment().items(), *((name, draw(ALTERED[name])) for name in names)]
    if draw(st.booleans()):
        pairs = list(dict(pairs).items())
    members = [f"{json.dumps(name)}:{json.dumps(value)}" for name, value in pairs]
    return "{" + ",".join(members) + "}"


def closely(bodies: list[str]) -> list[Entry] | None:
    """Return the entries of events that are plain money, each read closely; else None."""
    entries = []
    for index, body in enumerate(bodies):
        event = strict.read(body.encode(), index)
        if isinstance(event, Fault):
            return None
        at_ms = judge.occurred_ms(event)
        if not judge.is_plain(event, at_ms, FACTS, LATEST_MS):
            return None
        entries.append(entry(event, at_ms, pseudonyms()(event.buyer) if event.buyer else ""))
    return entries


@settings(deadline=None, max_examples=500)
@given(st.lists(events(), min_size=1, max_size=3), st.sampled_from([JSON, NDJSON]))
def test_plain_lines_are_what_reading_closely_gives(bodies: list[str], kind: str) -> None:
    body = "\n".join(bodies) if kind == NDJSON else f"[{','.join(bodies)}]"
    found, entries = plain(body.encode(), kind, FACTS, LATEST_MS), closely(bodies)
    if found is not None:
        assert entries is not None
        assert found == (encode_entries(entries), len(entries))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"count": 1},
        {"buyer": 'a "shopper"'},
        {"note": "of the source", "at": 7},
        {"name": "n", "value": 3, "order_id": "o", "type": "order.submitted"},
    ],
)
def test_money_is_plain(fields: dict[str, Any]) -> None:
    body = json.dumps(payment(**fields))
    entries = closely([body])
    assert entries is not None
    assert plain(body.encode(), JSON, FACTS, LATEST_MS) == (encode_entries(entries), 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "counter"},
        {"amount": FACTS.payment_cap + 1},
        {"currency": "USD"},
        {"occurred_at": "1999-12-31T23:59:59Z"},
        {"occurred_at": "2100-01-01T00:00:00Z"},
        {"occurred_at": "2012-11-11T00:00:00"},
        {"region": None},
        {"region": "x" * 65},
    ],
)
def test_what_has_to_be_judged_is_not_plain(fields: dict[str, Any]) -> None:
    body = json.dumps([payment(id="a"), payment(id="b", **fields)])
    assert plain(body.encode(), JSON, FACTS, LATEST_MS) is None


def test_a_key_that_comes_twice_is_not_plain() -> None:
    body = json.dumps(payment()).replace('"amount"', '"amount": 1, "amount"')
    assert plain(body.encode(), JSON, FACTS, LATEST_MS) is None
