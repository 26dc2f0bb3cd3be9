import json
from typing import get_args

import pytest

from dashboard.accept import judge
from dashboard.accept.admission import JSON, NDJSON, admit
from dashboard.accept.quarantine import entry_of
from dashboard.core.clock import Clock
from dashboard.core.events import Event, EventType, decode_entries, from_ms
from dashboard.store.keys import Facts
from tests.accept.desk import FACTS, NOW_MS, payment
from tests.worlds import MIDNIGHT_MS


def test_an_event_becomes_an_entry_field_by_field() -> None:
    given = {
        "order_id": "o-1",
        "count": 3,
        "platform": "tmall",
        "category": "shoes",
        "region": "浙江",
        "channel": "balance",
        "merchant": "m-1",
    }
    body = json.dumps(payment(occurred_at="2012-11-11T00:00:01.2349+08:00", **given)).encode()
    incoming = admit(FACTS, 70, body, JSON, NOW_MS).incoming
    assert (incoming.campaign_id, incoming.source_id, incoming.received_ms) == (7, 70, NOW_MS)
    (entry,) = decode_entries(incoming.lines)
    assert (entry.id, entry.type, entry.at) == ("pay-1", "payment.succeeded", MIDNIGHT_MS + 1234)
    assert entry.amount == 100
    assert {name: getattr(entry, name) for name in given} == given


def test_the_future_is_measured_by_the_campaign_clock() -> None:
    rehearsal = Facts(7, "festival", "CNY", 10**9, Clock(NOW_MS, MIDNIGHT_MS, 144_000))
    body = json.dumps(payment(occurred_at="2012-11-11T00:04:00+08:00")).encode()
    assert admit(rehearsal, 1, body, JSON, NOW_MS).held
    assert not admit(rehearsal, 1, body, JSON, NOW_MS + 1_000).held  # 144 s later there


def test_faulty_events_are_told_in_their_order_with_their_place() -> None:
    lines = [payment(id="a"), payment(id="b", amount=-1), payment(id="c", currency="USD"), {}]
    admitted = admit(FACTS, 1, "\n".join(map(json.dumps, lines)).encode(), NDJSON, NOW_MS)
    assert admitted.accepted == 2
    assert [(one.index, one.id) for one in admitted.rejected] == [(1, "b"), (3, None)]
    assert [(one.index, one.id) for one in admitted.held] == [(2, "c")]
    kept = [(one.kind, one.index, one.event_id) for one in admitted.incoming.rejects]
    assert kept == [("rejected", 1, "b"), ("rejected", 3, ""), ("held", 2, "c")]


def test_an_id_that_cannot_be_stored_is_not_kept_as_one() -> None:
    (reject,) = admit(FACTS, 1, b'{"id":"a\\u0000b"}', NDJSON, NOW_MS).incoming.rejects
    assert reject.event_id == ""


def test_quarantined_text_is_cut_at_16_kib() -> None:
    (reject,) = admit(FACTS, 1, b"x" * 100_000, NDJSON, NOW_MS).incoming.rejects
    assert reject.raw == b"x" * 16_384


def test_a_held_event_can_be_released_with_the_pseudonym_it_came_with() -> None:
    dear = json.dumps(payment(amount=10**11, buyer="shopper")).encode()
    cheap = json.dumps(payment(buyer="shopper")).encode()
    (held,) = admit(FACTS, 1, dear, JSON, NOW_MS).incoming.rejects
    (entry,) = decode_entries(admit(FACTS, 1, cheap, JSON, NOW_MS).incoming.lines)
    assert entry_of(held.raw, FACTS).buyer == entry.buyer
    assert entry_of(held.raw, FACTS).amount == 10**11


def test_a_held_event_of_full_length_keeps_its_end() -> None:
    body = json.dumps(payment(amount=10**11, buyer="x", note="")).encode()
    body = body.replace(b'"note": ""', b'"note": "%s"' % (b"n" * (16_384 - len(body))))
    (held,) = admit(FACTS, 1, body, JSON, NOW_MS).incoming.rejects
    assert entry_of(held.raw, FACTS).id == "pay-1"


@pytest.mark.parametrize(("currency", "released"), [("cny", True), ("CNY", True), ("USD", False)])
def test_money_of_another_currency_cannot_be_released(currency: str, released: bool) -> None:
    raw = json.dumps(payment(currency=currency)).encode()
    if released:
        assert entry_of(raw, FACTS).amount == 100
    else:
        with pytest.raises(ValueError, match='currency: expected CNY, got "USD"'):
            entry_of(raw, FACTS)


@pytest.mark.parametrize("raw", [b"", b"{}", b'{"id":"a","type":"counter"'])
def test_what_is_no_whole_event_cannot_be_released(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"truncated|missing"):
        entry_of(raw, FACTS)


@pytest.mark.parametrize("kind", get_args(EventType))
@pytest.mark.parametrize("amount", [None, 0, 2 * 10**9, 2 * 10**9 + 1])
@pytest.mark.parametrize("currency", [None, "CNY", "USD"])
@pytest.mark.parametrize("after_ms", [-400 * 10**9, 0, 120_000, 120_001])
def test_what_is_plain_lacks_nothing_and_is_not_doubted(
    kind: str, amount: int | None, currency: str | None, after_ms: int
) -> None:
    at = from_ms(NOW_MS + after_ms)
    event = Event(id="a", type=kind, occurred_at=at, amount=amount, currency=currency, count=2)  # type: ignore[arg-type]
    latest_ms = judge.latest(FACTS.clock, NOW_MS)
    against = judge.lacking(event) or judge.doubtful(event, NOW_MS + after_ms, FACTS, latest_ms)
    if judge.is_plain(event, NOW_MS + after_ms, FACTS, latest_ms):
        assert against == ""
    else:
        assert against or amount is None or currency is None or kind == "counter"
