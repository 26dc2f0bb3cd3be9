from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.clock import Clock
from dashboard.core.events import Entry, decode_entries, encode_entries, from_ms, rfc3339, to_ms
from dashboard.core.identity import body_check, event_digest, order_digest
from dashboard.core.money import EXPONENTS


@given(
    st.datetimes(
        min_value=datetime(1970, 1, 2),  # noqa: DTZ001
        timezones=st.just(timezone(timedelta(hours=8))),
    )
)
def test_an_instant_is_the_same_in_milliseconds_and_back_cut(moment: datetime) -> None:
    assert from_ms(to_ms(moment)) == moment - timedelta(microseconds=moment.microsecond % 1000)


def test_instants_are_written_in_utc_with_milliseconds_only_if_any() -> None:
    ms = to_ms(datetime(2012, 11, 11, tzinfo=UTC))
    assert rfc3339(ms) == "2012-11-11T00:00:00Z"
    assert rfc3339(ms + 7) == "2012-11-11T00:00:00.007Z"


def test_entries_survive_the_ledger_and_leave_out_what_is_not_given() -> None:
    entries = [
        Entry(id="a", type="payment.succeeded", at=5, amount=1, platform="天猫"),
        Entry(id="b", type="counter", at=6, name="visits", value=-2),
    ]
    lines = encode_entries(entries)
    assert decode_entries(lines) == entries
    assert lines.splitlines()[1] == b'{"id":"b","type":"counter","at":6,"name":"visits","value":-2}'


def test_the_namespace_is_part_of_an_events_identity() -> None:
    assert event_digest(1, "a") != event_digest(2, "a")
    assert event_digest(1, "1a") != event_digest(11, "a")
    assert len(event_digest(1, "é" * 128)) == len(order_digest("o")) == 16


def test_another_body_has_another_check() -> None:
    assert body_check(b'{"amount":1}') != body_check(b'{"amount":2}')


@pytest.mark.parametrize(("code", "digits"), [("CNY", 2), ("JPY", 0), ("KWD", 3), ("EUR", 2)])
def test_currencies_have_their_decimals(code: str, digits: int) -> None:
    assert EXPONENTS[code] == digits


@pytest.mark.parametrize("code", ["XXX", "XTS", "XAU", "cny", ""])
def test_what_nobody_pays_with_is_no_currency(code: str) -> None:
    assert code not in EXPONENTS


def test_a_rehearsals_clock_runs_at_its_speed_from_its_anchor() -> None:
    clock = Clock(real_ms=1_000, campaign_ms=50_000, speed_permille=144_000)
    assert clock.campaign(2_000) == 50_000 + 144_000
    assert clock.real(50_000 + 144_000) == 2_000
    assert clock.rehearsal
    assert not Clock().rehearsal
    assert Clock().campaign(123) == 123
