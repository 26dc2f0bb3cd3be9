import gzip
import json
import logging
from typing import Any

import pytest
import zstandard
from django.db import OperationalError

from dashboard.accept.admission import NDJSON
from dashboard.core.events import decode_entries
from tests.accept.desk import PAYMENT, Desk, payment

LINES = ("content-type", NDJSON)


async def test_one_event_is_stored_and_then_accepted(desk: Desk) -> None:
    reply = await desk.post(PAYMENT)
    assert reply.status == 202
    assert reply.json == {"batch": "festival-1", "accepted": 1, "rejected": []}
    assert reply.headers["content-type"] == "application/json"
    (incoming,) = desk.ledger.incoming
    assert (incoming.campaign_id, incoming.source_id, incoming.count) == (7, 70, 1)
    assert decode_entries(incoming.lines)[0].amount == 100


async def test_an_array_and_lines_are_the_same(desk: Desk) -> None:
    events = [payment(id=str(number)) for number in range(3)]
    await desk.post(events)
    await desk.post("\r\n\n".join(map(json.dumps, events)).encode(), LINES)
    array, lines = desk.ledger.incoming
    assert array.lines == lines.lines
    assert lines.count == 3


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
async def test_the_charset_may_be_named(desk: Desk, charset: str) -> None:
    reply = await desk.post(PAYMENT, ("content-type", f"Application/JSON; charset={charset}"))
    assert reply.status == 202


async def test_compressed_bodies_are_welcome(desk: Desk) -> None:
    plain = json.dumps(PAYMENT).encode()
    stream = zstandard.ZstdCompressor().compressobj()
    for encoding, body in [
        ("gzip", gzip.compress(plain)),
        ("zstd", zstandard.compress(plain)),
        ("zstd", stream.compress(plain) + stream.flush()),
        ("identity", plain),
    ]:
        assert (await desk.post(body, ("content-encoding", encoding))).status == 202
    assert len({one.lines for one in desk.ledger.incoming}) == 1


async def test_good_events_are_taken_and_bad_ones_named(desk: Desk) -> None:
    reply = await desk.post([PAYMENT, payment(id="bad", amount="12"), payment(id="pay-2")])
    assert reply.status == 202
    assert reply.json["accepted"] == 2
    (rejected,) = reply.json["rejected"]
    assert (rejected["index"], rejected["id"]) == (1, "bad")
    assert desk.ledger.incoming[0].rejects[0].kind == "rejected"


async def test_where_no_event_is_acceptable_it_is_422_and_kept_in_quarantine(desk: Desk) -> None:
    reply = await desk.post(payment(type="payment.imagined"))
    assert reply.status == 422
    assert reply.json["batch"] == ""
    assert reply.json["accepted"] == 0
    assert len(desk.ledger.incoming[0].rejects) == 1


async def test_held_events_are_accepted_and_named(desk: Desk) -> None:
    reply = await desk.post(payment(currency="USD"))
    assert reply.status == 202
    assert reply.json["accepted"] == 1
    error = 'currency: expected CNY, got "USD"'
    assert reply.json["held"] == [{"index": 0, "id": "pay-1", "error": error}]
    assert desk.ledger.incoming[0].rejects[0].kind == "held"


async def test_a_malformed_line_costs_only_itself(desk: Desk) -> None:
    body = b'{"id": "torn", "amount": \n' + json.dumps(PAYMENT).encode()
    reply = await desk.post(body, LINES)
    assert reply.json["accepted"] == 1
    assert reply.json["rejected"][0]["index"] == 0


@pytest.mark.parametrize("path", ["/", "/api/v1/campaigns/festival/snapshot", "/api/v1/campaigns"])
async def test_other_paths_are_passed_on(desk: Desk, path: str) -> None:
    assert (await desk.request(b"", path=path, method="GET")).status == 204
    assert desk.passed_on == [path]


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_other_methods_are_405_s8(desk: Desk, method: str) -> None:
    reply = await desk.request(b"", method=method)
    assert (reply.status, reply.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk"]
)
async def test_other_content_types_are_415_s8(desk: Desk, kind: str) -> None:
    reply = await desk.post(PAYMENT, ("content-type", kind))
    assert reply.status == 415
    assert reply.errors[0].startswith("content-type: expected ")


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "zîp"])
async def test_other_encodings_are_415(desk: Desk, encoding: str) -> None:
    reply = await desk.post(PAYMENT, ("content-encoding", encoding))
    assert reply.status == 415
    assert reply.errors == ["content-encoding: expected one of identity, gzip, zstd"]


async def test_every_answer_says_what_it_is_s9(desk: Desk) -> None:
    replies = [await desk.post(PAYMENT), await desk.post(b"{"), await desk.request(b"")]
    assert [reply.status for reply in replies] == [202, 400, 401]
    for reply in replies:
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["cache-control"] == "no-store"
        assert int(reply.headers["content-length"]) == len(reply.body)
    problem = replies[1]
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json.keys() == {"type", "title", "status", "detail"}
    assert problem.json["title"] == "Bad Request"


@pytest.mark.parametrize("host", ["evil.example", "", "board.example:port", "a@board.example"])
async def test_a_host_that_is_not_ours_is_400_s35(desk: Desk, host: str) -> None:
    reply = await desk.request(json.dumps(PAYMENT).encode(), host=host)
    assert reply.status == 400
    assert reply.errors[0].startswith("host: ")


@pytest.mark.parametrize("name", ["authorization", "content-length", "host", "content-type"])
async def test_a_header_given_twice_is_400_s35(desk: Desk, name: str) -> None:
    reply = await desk.request(b"", (name, "1"), (name.title(), "1"))
    assert reply.status == 400
    assert reply.errors == [f"{name}: expected once, got twice"]


async def test_length_beside_chunks_is_400_s35(desk: Desk) -> None:
    reply = await desk.post(PAYMENT, ("content-length", "9"), ("transfer-encoding", "chunked"))
    assert reply.status == 400


async def test_a_client_that_hangs_up_is_not_answered(desk: Desk) -> None:
    async def gone() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    key = ("authorization", "Bearer gmv_in_right")
    with pytest.raises(IndexError):  # nothing was sent
        await desk.request(gone, key, ("content-type", "application/json"))
    assert desk.ledger.incoming == []


async def test_a_database_that_fails_is_503_and_logged_once(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.ledger.failure = OperationalError("database is locked")
    reply = await desk.post(PAYMENT)
    assert reply.status == 503
    assert 1 <= int(reply.headers["retry-after"]) <= 5
    assert [record.levelname for record in caplog.records] == ["WARNING"]


async def test_a_full_queue_is_503(desk: Desk) -> None:
    desk.commits._most_waiting = 0
    reply = await desk.post(PAYMENT)
    assert (reply.status, reply.headers["content-type"]) == (503, "application/problem+json")


async def test_an_unexpected_error_is_500_without_a_word_about_it_s27(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.accept.http.admit_faultless", lambda *_: 1 / 0)
    reply = await desk.post(payment(id="secret-id"))
    assert reply.status == 500
    assert reply.errors == ["server: unexpected error"]
    assert len(caplog.records) == 1
    assert caplog.records[0].exc_info


async def test_keys_and_bodies_are_never_logged_s3(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    desk.ledger.failure = OperationalError("away")
    for body in [PAYMENT, b"{", payment(amount="x", buyer="somebody")]:
        await desk.post(body)
        await desk.post(body, key="gmv_in_wrong")
    assert "gmv_in" not in caplog.text
    assert "pay-1" not in caplog.text
