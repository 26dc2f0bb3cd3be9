"""Mastodon, as its documentation says it asks and answers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from dashboard.alerts.feeds import mastodon
from dashboard.alerts.service import Message, Sent
from dashboard.alerts.web import Later, Refused, Unknown
from tests.alerts.checking_server import CheckingServer, Reply
from tests.alerts.news import NEWS, PICTURE, PICTURED

HOST = "social.example"
API = f"https://{HOST}/api"
ACCOUNT = {"server": HOST, "token": "a-long-access-token"}
STATUS = {"id": "103254962155278888", "url": f"https://{HOST}/@board/103254962155278888"}
SENT = Sent(STATUS["id"], STATUS["url"])


def test_words_are_sent_as_a_form_under_a_key(server: CheckingServer) -> None:
    server.expect("POST", f"{API}/v1/statuses", Reply(json=STATUS))
    assert server.send(mastodon.SERVICE, NEWS, ACCOUNT, HOST) == SENT
    asked = server.seen[0]
    assert asked.form == {"status": NEWS.text, "language": "en"}
    assert asked.headers["authorization"] == "Bearer a-long-access-token"
    assert asked.headers["idempotency-key"] == NEWS.key


def test_a_picture_is_uploaded_first_and_waited_for(server: CheckingServer) -> None:
    server.expect("POST", f"{API}/v2/media", Reply(202, json={"id": "22348641", "url": None}))
    server.expect("GET", f"{API}/v1/media/22348641", Reply(206, body=b""))
    server.expect("GET", f"{API}/v1/media/22348641", Reply(json={"id": "22348641"}))
    server.expect("POST", f"{API}/v1/statuses", Reply(json=STATUS))
    assert server.send(mastodon.SERVICE, PICTURED, ACCOUNT, HOST) == SENT
    upload, posted = server.seen[0], server.seen[3]
    file = upload.parts["file"]
    assert (file.filename, file.type, file.content) == ("poster.png", "image/png", PICTURE)
    assert upload.parts["description"].content == b"A curve"
    assert posted.form["media_ids[]"] == "22348641"


def test_a_picture_that_is_refused_is_no_post(server: CheckingServer) -> None:
    error = {"error": "Validation failed: File content type is invalid, File is invalid"}
    server.expect("POST", f"{API}/v2/media", Reply(422, json=error))
    with pytest.raises(Refused, match="File is invalid"):
        server.send(mastodon.SERVICE, PICTURED, ACCOUNT, HOST)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(401, json={"error": "The access token is invalid"}), Refused),
        (Reply(422, json={"error": "Validation failed: Text can't be blank"}), Refused),
        (Reply(429, json={"error": "Too many requests"}), Later),
        (Reply(503, body=b"<html>"), Unknown),
        (Reply(200, body=b"<html>"), Unknown),
        (Reply(200, json={"error": "?"}), Unknown),
        (Reply(then="hang up"), Unknown),
    ],
)
def test_every_end_is_told_apart(
    server: CheckingServer, reply: Reply, expected: type[Exception]
) -> None:
    server.expect("POST", f"{API}/v1/statuses", reply)
    with pytest.raises(expected):
        server.send(mastodon.SERVICE, NEWS, ACCOUNT, HOST)


def test_too_many_is_over_when_its_header_says(server: CheckingServer) -> None:
    reset = (datetime.now(UTC) + timedelta(seconds=90)).isoformat().replace("+00:00", "Z")
    server.expect("POST", f"{API}/v1/statuses", Reply(429, headers={"X-RateLimit-Reset": reset}))
    with pytest.raises(Later) as caught:
        server.send(mastodon.SERVICE, NEWS, ACCOUNT, HOST)
    assert 30 < caught.value.seconds <= 90


def _status(content: str, age_s: int = 60) -> dict[str, Any]:
    made = (datetime.now(UTC) - timedelta(seconds=age_s)).isoformat().replace("+00:00", "Z")
    return {**STATUS, "created_at": made, "content": content}


FOUND = (
    '<p>¥10 billion &amp; more after 13:38:00 <a href="https://board.example/double11">'
    '<span class="invisible">https://</span><span>board.example/double11</span></a></p>'
)


def _sought() -> Message:
    """Return news that were first sent two hours ago."""
    first = datetime.now(UTC) - timedelta(hours=2)
    return msgspec.structs.replace(NEWS, tried_ms=round(first.timestamp() * 1000))


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([_status("<p>Another</p>"), _status(FOUND)], SENT),
        ([_status("<p>Another</p>")], None),
        ([_status("<p>Another</p>"), _status(FOUND, age_s=6_000)], SENT),
        ([_status(FOUND, age_s=9_000)], None),
        ([], None),
    ],
)
def test_the_own_timeline_since_it_was_sent_tells_whether_it_is_there_f40(
    server: CheckingServer, statuses: list[dict[str, Any]], expected: Sent | None
) -> None:
    server.expect("GET", f"{API}/v1/accounts/verify_credentials", Reply(json={"id": "14715"}))
    server.expect("GET", f"{API}/v1/accounts/14715/statuses", Reply(json=statuses))
    assert mastodon.find(_sought(), ACCOUNT, server.web(HOST)) == expected
    assert server.seen[1].query["exclude_reblogs"] == "true"


def test_a_timeline_that_is_full_of_newer_ones_does_not_tell(server: CheckingServer) -> None:
    server.expect("GET", f"{API}/v1/accounts/verify_credentials", Reply(json={"id": "14715"}))
    newer = [_status("<p>Another</p>")] * 40
    server.expect("GET", f"{API}/v1/accounts/14715/statuses", Reply(json=newer))
    with pytest.raises(Later, match="newer"):
        mastodon.find(_sought(), ACCOUNT, server.web(HOST))


def test_its_key_is_used_again_while_it_is_kept_for_an_hour() -> None:
    assert mastodon.SERVICE.key_lasts_s + 90 < 3_600
