import json

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from dashboard.accept.admission import JSON, NDJSON, admit
from dashboard.accept.buyers import pseudonyms, without_buyers
from dashboard.core.events import decode_entries
from tests.accept.desk import FACTS, NOW_MS, payment


def test_a_buyer_is_replaced_before_the_ledger() -> None:
    body = json.dumps([payment(id=str(n), buyer=f"shopper-{n % 2}") for n in range(4)]).encode()
    admitted = admit(FACTS, 1, body, JSON, NOW_MS)
    assert b"shopper" not in admitted.incoming.lines
    first, second, third, _ = [one.buyer for one in decode_entries(admitted.incoming.lines)]
    assert first == third != second
    assert len(first) == 32


@pytest.mark.parametrize(
    "event",
    [
        b'{"id":"1","buyer":"shopper"}',
        b'{"id":"1","buyer" : "shopper", "amount": 1}',
        b'{"id":"1","\\u0062uy\\u0065r":"shopper"}',
        b'{"id":"1","buyer":"\\u0073hopper"}',
        b'{"id":"1","buyer":["shopper"],"amount":1}',
        b'{"id":"1","buyer":{"name":"shopper"}}',
        b'{"id":"1","customer":{"buyer":"shopper"}}',
        b'{"id":"1","buyer":"shopper","buyer":"shopper"}',
        b'{"id":"1","buyer":"shopper',
        b'{"id":"1","buyer":shopper}',
        b'{"id":"1","buyer":"a\\"shopper","amount":NaN}',
        b'{"id":"1","note":"%s","buyer":"shopper' % (b"x" * 16_350),
    ],
)
def test_a_buyer_is_replaced_before_the_quarantine(event: bytes) -> None:
    (reject,) = admit(FACTS, 1, event, NDJSON, NOW_MS).incoming.rejects
    assert b"shopper" not in reject.raw
    assert b"shopp" not in reject.raw
    assert "shopper" not in reject.reason
    assert reject.raw.startswith(b'{"id":"1",')


def test_a_telephone_number_is_not_told_back() -> None:
    admitted = admit(FACTS, 1, b'{"id":"1","buyer":13800138000}', NDJSON, NOW_MS)
    assert "138" not in admitted.rejected[0].error
    assert b"138" not in admitted.incoming.rejects[0].raw


@hypothesis.settings(deadline=None)
@given(st.text(min_size=1, max_size=20), st.booleans())
def test_quarantined_and_counted_buyers_have_the_same_pseudonym(buyer: str, ascii_: bool) -> None:
    pseudonym = pseudonyms()
    raw = json.dumps({"buyer": buyer, "amount": 1}, ensure_ascii=ascii_)
    assert json.loads(without_buyers(raw.encode(), pseudonym)) == {
        "buyer": pseudonym(buyer),
        "amount": 1,
    }


def test_another_secret_key_gives_another_pseudonym(settings: Settings) -> None:
    before = pseudonyms()("shopper")
    settings.SECRET_KEY = "another"
    assert pseudonyms()("shopper") != before


def test_null_and_text_about_buyers_stay() -> None:
    raw = b'{"buyer":null,"note":"buyer","buyers":"many","b":"\\"buyer\\":\\"x\\""}'
    assert without_buyers(raw, pseudonyms()) == raw
