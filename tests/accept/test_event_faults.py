"""Tables of what is refused, held and taken, through the door (F25 to F30, H16, H17)."""

import json
from typing import Any

import pytest

from dashboard.accept.admission import NDJSON
from dashboard.accept.faults import EXPECTED
from dashboard.core.events import decode_entries
from tests.accept.desk import PAYMENT, Desk, payment

AMOUNT = "amount: expected an integer from 0 to 999999999999999, got "
WHEN = "occurred_at: expected an RFC 3339 instant with an offset, such as 2012-11-11T00:00:00+08:00"


def with_amount(literal: str) -> bytes:
    """Return a payment whose amount is written just so."""
    return json.dumps(PAYMENT).replace("100", literal).encode()


@pytest.mark.parametrize(
    ("literal", "got"),
    [
        ("1.5", "1.5"),
        ("1.0", "1.0"),
        ("1e2", "1e2"),
        ("1e400", "1e400"),
        ("-1", "-1"),
        ("true", "true"),
        ("[]", "an array"),
        ("{}", "an object"),
        ('""', '""'),
        ('"12"', '"12"'),
        ('"1_000"', '"1_000"'),
        ('"١٢"', '"١٢"'),
        ("1000000000000000", "1000000000000000"),
        ("9007199254740993", "9007199254740993"),
        ("9223372036854775808", "9223372036854775808"),
        ("10000000000000000000", "10000000000000000000"),
        ("1" + "0" * 400, "a number of 401 characters"),
        ("9" * 5000, "a number of 5000 characters"),
    ],
)
async def test_an_amount_that_is_none_is_rejected_f26_f27_f28(
    desk: Desk, literal: str, got: str
) -> None:
    reply = await desk.post(with_amount(literal))
    assert (reply.status, reply.errors) == (422, [AMOUNT + got])
    assert desk.ledger.incoming[0].count == 0


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity", "1_000", "01", "+1", "0x1F"])
async def test_an_amount_that_is_no_json_makes_a_document_400_f28(desk: Desk, literal: str) -> None:
    reply = await desk.post(b"[%s]" % with_amount(literal))
    assert (reply.status, reply.errors) == (400, [AMOUNT + literal])
    line = await desk.post(with_amount(literal), ("content-type", NDJSON))
    assert (line.status, line.errors) == (422, [AMOUNT + literal])


@pytest.mark.parametrize("literal", ["١٢", "", "'1'", "1,2"])
async def test_other_malformed_amounts_are_400_and_name_the_field(desk: Desk, literal: str) -> None:
    reply = await desk.post(with_amount(literal))
    assert reply.status == 400
    assert reply.errors[0].startswith("amount: malformed JSON at byte ")


@pytest.mark.parametrize(
    ("altered", "error"),
    [
        ({"id": 7}, "id: expected a string of 1 to 128 characters, got a number"),
        ({"id": ""}, "id: expected a string of 1 to 128 characters, got a string of 0 characters"),
        ({"id": "x" * 129}, f"id: expected {EXPECTED['id']}, got a string of 129 characters"),
        ({"type": "payment"}, f'type: expected {EXPECTED["type"]}, got "payment"'),
        ({"type": None}, f"type: expected {EXPECTED['type']}, got null"),
        ({"occurred_at": "2012-11-11T00:00:00"}, f'{WHEN}, got "2012-11-11T00:00:00"'),
        ({"occurred_at": "2012-11-11"}, f'{WHEN}, got "2012-11-11"'),
        ({"occurred_at": "2012-02-30T00:00:00Z"}, f'{WHEN}, got "2012-02-30T00:00:00Z"'),
        ({"occurred_at": 1352563200}, f"{WHEN}, got 1352563200"),
        ({"amount": None}, AMOUNT + "nothing"),
        ({"currency": None}, "currency: expected three capital letters, such as CNY, got nothing"),
        ({"currency": 156}, "currency: expected three capital letters, such as CNY, got 156"),
        ({"count": 0}, "count: expected an integer from 1 to 1000000000, got 0"),
        ({"count": 1.5}, "count: expected an integer from 1 to 1000000000, got 1.5"),
        (
            {"region": "x" * 65},
            f"region: expected {EXPECTED['region']}, got a string of 65 characters",
        ),
        ({"buyer": 13800138000}, "buyer: expected a string of 1 to 128 characters, got a number"),
        ({"order_id": "a\nb"}, "order_id: expected no control characters"),
        ({"order_id": "a\0b"}, "order_id: expected no control characters"),
        ({"note": "x" * 16384}, "event: expected at most 16384 bytes, got 16518"),
    ],
)
async def test_each_fault_names_its_field(desk: Desk, altered: dict[str, Any], error: str) -> None:
    reply = await desk.post([PAYMENT, payment(**altered)])
    assert (reply.json["accepted"], reply.errors) == (1, [error])


@pytest.mark.parametrize(("type_", "field"), [("counter", "name"), ("topup.succeeded", "amount")])
async def test_each_type_needs_its_fields(desk: Desk, type_: str, field: str) -> None:
    bare = {key: PAYMENT[key] for key in ("id", "occurred_at")}
    reply = await desk.post({**bare, "type": type_})
    assert reply.errors == [f"{field}: expected {EXPECTED[field]}, got nothing"]


async def test_a_counter_needs_a_value_and_an_order_no_money(desk: Desk) -> None:
    bare = {key: PAYMENT[key] for key in ("id", "occurred_at")}
    reply = await desk.post(
        [
            {**bare, "type": "counter", "name": "visits"},
            {**bare, "type": "counter", "name": "visits", "value": -3},
            {**bare, "type": "order.submitted"},
            {**bare, "type": "payment.failed"},
        ]
    )
    assert reply.errors == [f"value: expected {EXPECTED['value']}, got nothing"]
    assert [one.value for one in decode_entries(desk.ledger.incoming[0].lines)] == [-3, 0, 0]


@pytest.mark.parametrize(
    ("altered", "field"),
    [
        ({"currency": "USD"}, "currency"),
        ({"currency": "XXX"}, "currency"),
        ({"currency": "cny"}, "currency"),
        ({"currency": ""}, "currency"),
        ({"amount": 1_000_000_001}, "amount"),
        ({"amount": 10**10}, "amount"),
        ({"amount": 10**11}, "amount"),
        ({"amount": 3_000_000_001, "count": 3}, "amount"),
        ({"amount": 1_000_000_001, "type": "payment.refunded"}, "amount"),
        ({"occurred_at": "2012-11-11T01:02:00.001+08:00"}, "occurred_at"),
        ({"occurred_at": "2012-11-11T01:10:00+08:00"}, "occurred_at"),
        ({"occurred_at": "9999-12-31T23:59:59-23:00"}, "occurred_at"),
        ({"occurred_at": "1999-12-31T23:59:59Z"}, "occurred_at"),
        ({"occurred_at": "0001-01-01T00:00:00+08:00"}, "occurred_at"),
    ],
)
async def test_what_is_not_to_be_believed_is_held_f25_f27_f29_f46(
    desk: Desk, altered: dict[str, Any], field: str
) -> None:
    reply = await desk.post(payment(**altered))
    assert (reply.status, reply.json["accepted"], reply.json["rejected"]) == (202, 1, [])
    assert reply.errors[0].startswith(f"{field}: expected ")
    assert (desk.ledger.incoming[0].count, desk.ledger.incoming[0].rejects[0].kind) == (0, "held")


@pytest.mark.parametrize(
    "altered",
    [
        {"amount": 0},
        {"amount": 1_000_000_000},
        {"amount": 3_000_000_000, "count": 3},
        {"type": "payment.refunded"},
        {"occurred_at": "2012-11-11T01:00:01+08:00"},
        {"occurred_at": "2012-11-10T17:02:00.000Z"},
        {"occurred_at": "2012-11-10T17:00:00.123456789-00:00"},
        {"occurred_at": "2000-01-01T00:00:00Z"},
        {"merchant": None, "region": "", "count": 1},
        {"region": "浙江", "order_id": "😀"},
        {"note": {"deep": [1, {"deeper": '\\ " \n'}]}},
        {"note": 'a: "b", {c} [d]'},
    ],
)
async def test_what_may_well_be_is_taken_f25(desk: Desk, altered: dict[str, Any]) -> None:
    reply = await desk.post(payment(**altered))
    assert (reply.status, reply.errors, desk.ledger.incoming[0].count) == (202, [], 1)


@pytest.mark.parametrize(
    "text",
    [
        '"amount": 1, "amount": 100',
        '"amount": 100, "amount" : 100',
        '"amount": 100, "\\u0061mount": 1',
        '"amount": 100, "amount": 1, "note": "\\u0022\\u0022"',
        '"amount": 100, "note": {"amount": 1, "amount": 2}',
    ],
)
async def test_a_key_that_comes_twice_is_refused_h16(desk: Desk, text: str) -> None:
    body = json.dumps(PAYMENT).replace('"amount": 100', text).encode()
    reply = await desk.post(b"[%s,%s]" % (body, json.dumps(payment(id="good")).encode()))
    assert reply.errors == ["amount: expected each key once"]
    assert reply.json["accepted"] == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"[]",
        b"[",
        b"null",
        b"1",
        b'"text"',
        b"{}x",
        b"[{}",
        b'[{"id": "\xff"}]',
        b"\xef\xbb\xbf[]",
        json.dumps([PAYMENT]).encode("utf-16"),
        json.dumps([PAYMENT]).encode("utf-16-be"),
        b'[{"id": "\xed\xa0\x80"}]',
        b"[{},]",
        b"[" * 100_000,
        b'[{"a":' * 100_000,
        b'[{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}]",
    ],
)
async def test_a_body_that_cannot_be_read_is_400_f30_f33(desk: Desk, body: bytes) -> None:
    reply = await desk.post(body)
    assert (reply.status, desk.ledger.incoming) == (400, [])
    assert reply.errors[0].startswith(("body: ", "id: ", "event: "))
    assert len(reply.body) < 300


async def test_half_a_surrogate_pair_is_400_and_names_its_field_f30(desk: Desk) -> None:
    body = json.dumps([payment(order_id="\ud800"), payment(region="later")])
    reply = await desk.post(body.encode())
    assert reply.status == 400
    assert reply.errors[0].startswith("order_id: malformed JSON at byte ")


@pytest.mark.parametrize(("levels", "accepted"), [(16, 1), (17, 0)])
async def test_events_nest_sixteen_levels_f33(desk: Desk, levels: int, accepted: int) -> None:
    note = "[" * (levels - 1) + "]" * (levels - 1)
    body = json.dumps(payment(note=0)).replace('"note": 0', f'"note": {note}').encode()
    assert (await desk.post(body)).json["accepted"] == accepted


async def test_lines_are_refused_one_by_one_f30(desk: Desk) -> None:
    lines = [b"", b"{", b"1", b"[]", b'{"id":"a"}{"id":"b"}', b"[" * 16_000, b"x" * 16_385]
    reply = await desk.post(b"\n".join(lines), ("content-type", NDJSON))
    assert reply.status == 422
    assert reply.errors == [
        "event: malformed JSON at byte 1: unexpected end",
        "event: expected an object, got a number",
        "event: expected an object, got an array",
        "id: malformed JSON at byte 11: trailing characters",
        "event: expected at most 16 levels of nesting",
        "event: expected at most 16384 bytes, got 16385",
    ]
