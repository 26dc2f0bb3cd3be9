"""Weibo, as its documentation says it asks and answers."""

import msgspec
import pytest

from dashboard.alerts.feeds.weibo import SERVICE
from dashboard.alerts.service import Message, Sent
from dashboard.alerts.web import Later, Refused, Unknown
from dashboard.core.lengths import length
from tests.alerts.checking_server import CheckingServer, Reply
from tests.alerts.news import NEWS, PICTURE, PICTURED

URL = "https://api.weibo.com/2/statuses/share.json"
ACCOUNT = {"token": "2.00abcdefgh", "domain": "board.example", "ip": "211.156.0.1"}
STATUS = {"id": 3504803600500000, "mid": "3504803600502730", "idstr": "3504803600502730"}
SENT = Sent("3504803600502730", "https://m.weibo.cn/status/3504803600502730")


def error(code: int, said: str = "no") -> dict[str, object]:
    """Return an error as Weibo tells it."""
    return {"request": "/2/statuses/share.json", "error_code": code, "error": said}


def test_words_are_sent_as_a_form(server: CheckingServer) -> None:
    server.expect("POST", URL, Reply(json=STATUS))
    assert server.send(SERVICE, NEWS, ACCOUNT) == SENT
    form = {"access_token": "2.00abcdefgh", "status": NEWS.text, "rip": "211.156.0.1"}
    assert server.seen[0].form == form


def test_a_picture_is_sent_along(server: CheckingServer) -> None:
    server.expect("POST", URL, Reply(json=STATUS))
    assert server.send(SERVICE, PICTURED, ACCOUNT) == SENT
    parts = server.seen[0].parts
    assert (parts["pic"].type, parts["pic"].content) == ("image/png", PICTURE)
    assert parts["status"].content.decode() == NEWS.text


def test_a_link_on_the_registered_domain_is_put_behind_the_words(server: CheckingServer) -> None:
    server.expect("POST", URL, Reply(json=STATUS))
    message = Message(text="过百亿", lang="zh-hans", key="k", link="https://www.board.example/d")
    server.send(SERVICE, message, ACCOUNT)
    assert server.seen[0].form["status"] == "过百亿 https://www.board.example/d"


def test_with_the_longest_words_the_link_is_within_the_140() -> None:
    words = "亿" * SERVICE.limit.most + " https://board.example/double11"
    assert length(words, "weibo") <= 140


@pytest.mark.parametrize("link", ["", "https://evilboard.example/", "https://board.example.evil/"])
def test_without_such_a_link_nothing_is_sent(server: CheckingServer, link: str) -> None:
    message = Message(text="过百亿", lang="zh-hans", key="k", link=link)
    with pytest.raises(Refused, match=r"link: Weibo wants one at board\.example"):
        server.send(SERVICE, message, ACCOUNT)


def test_a_topic_is_refused_before_it_is_sent(server: CheckingServer) -> None:
    with pytest.raises(Refused, match="#topic#"):
        server.send(SERVICE, msgspec.structs.replace(NEWS, text="#双11# " + NEWS.text), ACCOUNT)


@pytest.mark.parametrize("status", [200, 400, 403])
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (20017, Refused),  # similar to the last one
        (20019, Refused),  # equal to the last one
        (21327, Refused),  # the token is over
        (10014, Refused),  # the app may not
        (10023, Later),  # too many of the member's
        (20016, Later),
        (10001, Unknown),  # the service's own trouble
    ],
)
def test_success_is_what_the_body_says(
    server: CheckingServer, status: int, code: int, expected: type[Exception]
) -> None:
    server.expect("POST", URL, Reply(status, json=error(code)))
    with pytest.raises(expected):
        server.send(SERVICE, NEWS, ACCOUNT)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(429, headers={"Retry-After": "9"}), Later),
        (Reply(502), Unknown),
        (Reply(200, body=b"rubbish"), Unknown),
        (Reply(200, json={}), Unknown),
        (Reply(200, json=[]), Unknown),
        (Reply(200, body=b'{"error_code": '), Unknown),
        (Reply(404, body=b"<html>"), Refused),
    ],
)
def test_every_end_is_told_apart(
    server: CheckingServer, reply: Reply, expected: type[Exception]
) -> None:
    server.expect("POST", URL, reply)
    with pytest.raises(expected):
        server.send(SERVICE, NEWS, ACCOUNT)
