"""X, as its documentation says it asks and answers."""

import time
from typing import Any

import pytest
from oauthlib.oauth1 import SIGNATURE_HMAC_SHA1, RequestValidator, ResourceEndpoint

from dashboard.alerts.feeds import x
from dashboard.alerts.service import Sent
from dashboard.alerts.web import Later, Refused, Unknown
from tests.alerts.checking_server import Asked, CheckingServer, Reply
from tests.alerts.news import NEWS, PICTURE, PICTURED

API = "https://api.x.com/2"
ACCOUNT = {
    "api_key": "xvz1evFS4wEEPTGEFPHBog",
    "api_secret": "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
    "token": "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
    "token_secret": "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
}
SENT = Sent("1346889436626259968", "https://x.com/i/web/status/1346889436626259968")
POSTED = Reply(201, json={"data": {"id": SENT.remote_id, "text": NEWS.text}})


class Keys(RequestValidator):
    """The other side's keys, for oauthlib's own check of a signature."""

    allowed_signature_methods = (SIGNATURE_HMAC_SHA1,)
    enforce_ssl = True
    client_key_length = access_token_length = (10, 80)
    dummy_client = dummy_access_token = "nobody"

    def check_client_key(self, client_key: str) -> bool:
        return client_key == ACCOUNT["api_key"]

    def check_access_token(self, request_token: str) -> bool:
        return request_token == ACCOUNT["token"]

    def check_nonce(self, nonce: str) -> bool:
        return len(nonce) > 8

    def validate_timestamp_and_nonce(self, *_: object, **__: object) -> bool:
        return True

    def validate_client_key(self, client_key: str, request: object) -> bool:
        return self.check_client_key(client_key)

    def validate_access_token(self, client_key: str, token: str, request: object) -> bool:
        return self.check_access_token(token)

    def validate_realms(self, *_: object, **__: object) -> bool:
        return True

    def get_client_secret(self, client_key: str, request: object) -> str:
        return ACCOUNT["api_secret"]

    def get_access_token_secret(self, client_key: str, token: str, request: object) -> str:
        return ACCOUNT["token_secret"]


def signed(asked: Asked) -> bool:
    """Tell whether a request is signed by the account, its query included."""
    headers = {"Authorization": asked.headers["authorization"]}
    valid, _ = ResourceEndpoint(Keys()).validate_protected_resource_request(
        asked.whole, asked.method, "", headers, []
    )
    return bool(valid)


def test_words_are_sent_as_json_and_signed(server: CheckingServer) -> None:
    server.expect("POST", f"{API}/tweets", POSTED)
    assert server.send(x.SERVICE, NEWS, ACCOUNT) == SENT
    assert server.seen[0].json == {"text": NEWS.text}
    assert signed(server.seen[0])


def test_a_picture_and_its_description_come_first(server: CheckingServer) -> None:
    uploaded = {"data": {"id": "1880028106020515840", "media_key": "13_1880028106020515840"}}
    server.expect("POST", f"{API}/media/upload", Reply(json=uploaded))
    server.expect("POST", f"{API}/media/metadata", Reply(json={"data": {}}))
    server.expect("POST", f"{API}/tweets", POSTED)
    assert server.send(x.SERVICE, PICTURED, ACCOUNT) == SENT
    upload, metadata, posted = server.seen
    assert upload.parts["media"].content == PICTURE
    assert upload.parts["media_category"].content == b"tweet_image"
    told = {"id": "1880028106020515840", "metadata": {"alt_text": {"text": "A curve"}}}
    assert metadata.json == told
    assert posted.json["media"] == {"media_ids": ["1880028106020515840"]}
    assert all(map(signed, server.seen))


PROBLEM = {"title": "Forbidden", "type": "about:blank", "status": 403}


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(401, json={"title": "Unauthorized", "status": 401}), Refused),
        (Reply(403, json={**PROBLEM, "detail": "duplicate content"}), Refused),
        (Reply(200, json={"errors": [{"detail": "not allowed"}]}), Refused),
        (Reply(429), Later),
        (Reply(503), Unknown),
        (Reply(201, body=b"rubbish"), Unknown),
        (Reply(201, json={"data": {}}), Unknown),
        (Reply(201, json=[]), Unknown),
        (Reply(then="hang up"), Unknown),
    ],
)
def test_every_end_is_told_apart(
    server: CheckingServer, reply: Reply, expected: type[Exception]
) -> None:
    server.expect("POST", f"{API}/tweets", reply)
    with pytest.raises(expected):
        server.send(x.SERVICE, NEWS, ACCOUNT)


def test_too_many_is_over_when_its_header_says(server: CheckingServer) -> None:
    headers = {"x-rate-limit-reset": str(int(time.time()) + 900)}
    server.expect("POST", f"{API}/tweets", Reply(429, headers=headers))
    with pytest.raises(Later) as caught:
        server.send(x.SERVICE, NEWS, ACCOUNT)
    assert 600 < caught.value.seconds <= 901


TWEET = {
    "id": SENT.remote_id,
    "text": "¥10 billion &amp; more after 13:38:00 https://t.co/a https://t.co/b",
    "entities": {
        "urls": [
            {"url": "https://t.co/a", "expanded_url": "https://board.example/double11"},
            {"url": "https://t.co/b", "expanded_url": "https://x.com/p/1", "media_key": "3_1"},
        ]
    },
}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"data": [{"id": "1", "text": "b"}, TWEET], "meta": {"result_count": 2}}, SENT),
        ({"data": [{"id": "1", "text": "b"}], "meta": {"result_count": 1}}, None),
        ({"meta": {"result_count": 0}}, None),
    ],
)
def test_the_own_timeline_tells_whether_it_is_there(
    server: CheckingServer, body: dict[str, Any], expected: Sent | None
) -> None:
    server.expect("GET", f"{API}/users/me", Reply(json={"data": {"id": "2244994945"}}))
    server.expect("GET", f"{API}/users/2244994945/tweets", Reply(json=body))
    assert x.find(NEWS, ACCOUNT, server.web("api.x.com")) == expected
    assert all(map(signed, server.seen))
    assert server.seen[1].query["exclude"] == "retweets,replies"
