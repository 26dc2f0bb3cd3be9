import json
from typing import Any

import msgspec
import pytest

from dashboard.accept.admission import JSON, Admitted, admit
from dashboard.accept.quarantine import entry_of
from dashboard.core import rates
from dashboard.core.events import Entry, decode_entries
from dashboard.core.money import MAX_AMOUNT
from tests.accept.desk import FACTS, NOW_MS, payment
from tests.worlds import MIDNIGHT_MS

RATES = [
    ("USD", MIDNIGHT_MS, "6.2384"),
    ("USD", MIDNIGHT_MS + 60_000, "7"),
    ("JPY", 0, "0.0784"),
    ("KRW", 0, "0.0058"),
]
RATED = msgspec.structs.replace(FACTS, rates=rates.dated(RATES, "CNY"))


def admitted(**fields: Any) -> Admitted:
    return admit(RATED, 70, json.dumps(payment(**fields)).encode(), JSON, NOW_MS)


def kept(**fields: Any) -> Entry:
    (entry,) = decode_entries(admitted(**fields).incoming.lines)
    return entry


def reason(**fields: Any) -> str:
    (held,) = admitted(**fields).held
    return held.error


def test_another_currency_is_converted_and_its_own_amount_kept() -> None:
    entry = kept(currency="USD", amount=100)
    assert (entry.amount, entry.original) == (624, ("USD", 100))
    entry = kept(currency="JPY", amount=1)
    assert (entry.amount, entry.original) == (8, ("JPY", 1))


def test_the_campaign_s_own_currency_is_left_as_it_is() -> None:
    assert (kept(amount=100).amount, kept(amount=100).original) == (100, None)


@pytest.mark.parametrize("kind", ["payment.succeeded", "payment.refunded", "topup.succeeded"])
def test_the_rate_is_that_of_the_event_s_own_time(kind: str) -> None:
    first = kept(type=kind, currency="USD", occurred_at="2012-11-11T00:00:59.999+08:00")
    then = kept(type=kind, currency="USD", occurred_at="2012-11-11T00:01:00+08:00")
    assert (first.amount, then.amount) == (624, 700)


def test_a_sum_of_several_payments_is_rounded_once() -> None:
    assert kept(currency="USD", amount=3, count=3).amount == 19  # 18.7152; thrice 6 would be 18


def test_an_order_that_names_its_currency_without_an_amount_is_accepted() -> None:
    body = payment(type="order.submitted", currency="USD", order_id="o")
    del body["amount"]
    (entry,) = decode_entries(
        admit(RATED, 70, json.dumps(body).encode(), JSON, NOW_MS).incoming.lines
    )
    assert (entry.amount, entry.original) == (0, None)


def test_money_without_a_rate_at_its_time_is_held() -> None:
    expected = "currency: expected CNY or one with a rate at its time"
    assert reason(currency="EUR") == f'{expected}, got "EUR"'
    before = "2012-11-10T23:59:59.999+08:00"
    assert reason(currency="USD", occurred_at=before) == f'{expected}, got "USD"'


def test_the_cap_is_on_what_the_wall_would_add() -> None:
    assert kept(currency="KRW", amount=1_500_000_000).amount == 870_000_000
    expected = "amount: expected at most 1000000000 a payment, got 1247680000 for 1"
    assert reason(currency="USD", amount=200_000_000) == f"{expected}, from 200000000 USD"


def test_what_grows_out_of_bounds_is_held() -> None:
    told = reason(currency="USD", amount=MAX_AMOUNT, count=10**9)
    assert told.startswith(f"amount: expected at most {MAX_AMOUNT} in CNY, got 6238")


def test_other_doubts_hold_for_every_currency() -> None:
    assert "120 s ahead" in reason(currency="USD", occurred_at="2030-01-01T00:00:00Z")
    assert "120 s ahead" in reason(occurred_at="2030-01-01T00:00:00Z")
    line = payment(type="order.submitted", occurred_at="2030-01-01T00:00:00Z")
    del line["currency"], line["amount"]
    (held,) = admit(RATED, 70, json.dumps(line).encode(), JSON, NOW_MS).held
    assert "120 s ahead" in held.error


def test_what_was_held_is_released_by_the_rates_that_stand_then() -> None:
    (held,) = admitted(currency="EUR", amount=100).incoming.rejects
    with pytest.raises(ValueError, match="currency: expected CNY or one with a rate"):
        entry_of(held.raw, RATED)
    rated = msgspec.structs.replace(FACTS, rates=rates.dated([("EUR", 0, "7.92")], "CNY"))
    entry = entry_of(held.raw, rated)
    assert (entry.amount, entry.original) == (792, ("EUR", 100))
