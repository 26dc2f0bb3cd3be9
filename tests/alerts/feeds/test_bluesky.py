"""Bluesky, as its documentation says it asks and answers."""

import re
from typing import Any

import pytest

from dashboard.alerts.feeds import bluesky
from dashboard.alerts.service import Message, Sent
from dashboard.alerts.web import Later, Refused, Unknown
from tests.alerts.checking_server import CheckingServer, Reply
from tests.alerts.news import NEWS, PICTURE, PICTURED

XRPC = "https://bsky.social/xrpc"
CREATE = f"{XRPC}/com.atproto.repo.createRecord"
ACCOUNT = {"handle": "board.bsky.social", "password": "abcd-efgh-ijkl-mnop"}
DID = "did:plc:u5cwb2mwiv2bfq53cjufe6yn"
RKEY = bluesky.tid(NEWS.key)
URI = f"at://{DID}/app.bsky.feed.post/{RKEY}"
SENT = Sent(URI, f"https://bsky.app/profile/{DID}/post/{RKEY}")
BLOB = {"$type": "blob", "ref": {"$link": "bafkrei"}, "mimeType": "image/png", "size": 33}


@pytest.fixture
def bsky(server: CheckingServer) -> CheckingServer:
    """A server that expects a login first."""
    session = {"did": DID, "handle": ACCOUNT["handle"], "accessJwt": "jwt", "refreshJwt": "r"}
    server.expect("POST", f"{XRPC}/com.atproto.server.createSession", Reply(json=session))
    return server


def test_a_record_is_made_under_the_key_of_the_message(bsky: CheckingServer) -> None:
    bsky.expect("POST", CREATE, Reply(json={"uri": URI, "cid": "bafy"}))
    assert bsky.send(bluesky.SERVICE, NEWS, ACCOUNT) == SENT
    login, made = bsky.seen
    assert login.json == {"identifier": ACCOUNT["handle"], "password": ACCOUNT["password"]}
    assert made.headers["authorization"] == "Bearer jwt"
    record = made.json["record"]
    assert (made.json["repo"], made.json["rkey"]) == (DID, RKEY)
    assert (record["$type"], record["text"]) == ("app.bsky.feed.post", NEWS.text)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", record["createdAt"])


def test_a_picture_is_uploaded_as_it_is(bsky: CheckingServer) -> None:
    bsky.expect("POST", f"{XRPC}/com.atproto.repo.uploadBlob", Reply(json={"blob": BLOB}))
    bsky.expect("POST", CREATE, Reply(json={"uri": URI, "cid": "bafy"}))
    assert bsky.send(bluesky.SERVICE, PICTURED, ACCOUNT) == SENT
    upload, made = bsky.seen[1:]
    assert (upload.headers["content-type"], upload.body) == ("image/png", PICTURE)
    image = {"image": BLOB, "alt": "A curve", "aspectRatio": {"width": 16, "height": 9}}
    embed = {"$type": "app.bsky.embed.images", "images": [image]}
    assert made.json["record"]["embed"] == embed


def test_a_key_is_always_the_same_record() -> None:
    tids = [bluesky.tid(str(number)) for number in range(1000)]
    assert all(re.fullmatch("[234567abcdefghij][2-7a-z]{12}", tid) for tid in tids)
    assert len(set(tids)) == 1000
    assert bluesky.tid("7") == tids[7]


def test_links_are_told_by_their_bytes() -> None:
    text = "双11 过百亿 https://board.example/双11"
    (facet,) = bluesky.facets(text)
    index = facet["index"]
    found = text.encode()[index["byteStart"] : index["byteEnd"]].decode()
    assert found == facet["features"][0]["uri"] == "https://board.example/"


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(400, json={"error": "InvalidRequest", "message": "Text too long"}), Refused),
        (Reply(400, json={"error": "ExpiredToken", "message": "Token has expired"}), Refused),
        (Reply(429, json={"error": "RateLimitExceeded"}), Later),
        (Reply(500, json={"error": "InternalServerError"}), Unknown),
        (Reply(200, body=b"rubbish"), Unknown),
        (Reply(200, json={"cid": "bafy"}), Unknown),
        (Reply(then="hang up"), Unknown),
    ],
)
def test_every_end_is_told_apart(
    bsky: CheckingServer, reply: Reply, expected: type[Exception]
) -> None:
    bsky.expect("POST", CREATE, reply)
    with pytest.raises(expected):
        bsky.send(bluesky.SERVICE, NEWS, ACCOUNT)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(401, json={"error": "AuthenticationRequired"}), Refused),
        (Reply(500, json={"error": "InternalServerError"}), Later),
        (Reply(200, body=b"rubbish"), Later),
        (Reply(200, json={"did": DID}), Later),
    ],
)
def test_without_a_login_nothing_is_posted(
    server: CheckingServer, reply: Reply, expected: type[Exception]
) -> None:
    server.expect("POST", f"{XRPC}/com.atproto.server.createSession", reply)
    with pytest.raises(expected):
        server.send(bluesky.SERVICE, NEWS, ACCOUNT)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(json={"uri": URI, "cid": "bafy", "value": {}}), SENT),
        (Reply(400, json={"error": "RecordNotFound", "message": "Could not locate record"}), None),
    ],
)
def test_the_record_tells_whether_it_is_there(
    bsky: CheckingServer, reply: Reply, expected: Sent | None
) -> None:
    bsky.expect("GET", f"{XRPC}/com.atproto.repo.getRecord", reply)
    assert bluesky.find(NEWS, ACCOUNT, bsky.web("bsky.social")) == expected
    asked: dict[str, Any] = bsky.seen[1].query
    assert asked == {"repo": DID, "collection": "app.bsky.feed.post", "rkey": RKEY}


def test_another_refusal_is_not_taken_for_its_absence(bsky: CheckingServer) -> None:
    bsky.expect("GET", f"{XRPC}/com.atproto.repo.getRecord", Reply(400, json={"error": "Bad"}))
    with pytest.raises(Refused):
        bluesky.find(NEWS, ACCOUNT, bsky.web("bsky.social"))


def test_a_server_of_ones_own_is_asked(server: CheckingServer) -> None:
    own = ACCOUNT | {"server": "pds.example"}
    server.expect("POST", "https://pds.example/xrpc/com.atproto.server.createSession", Reply(401))
    with pytest.raises(Refused):
        server.send(bluesky.SERVICE, Message(text="a", lang="en", key="k"), own, "pds.example")
