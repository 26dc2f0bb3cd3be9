import hashlib
from base64 import b64decode

import pytest

from dashboard.alerts.feeds.wecom import SERVICE
from dashboard.alerts.service import Message, Sent
from dashboard.alerts.web import Later, Refused, Unknown
from tests.alerts.checking_server import CheckingServer, Reply
from tests.alerts.feeds.messages import PNG, with_picture, words

SEND = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"
ACCOUNT = {"key": "693a0006-7a0c-4bc4-97a0-0ec2000a5aaa"}
DONE = Reply(json={"errcode": 0, "errmsg": "ok"})


def test_words_are_text_that_calls_nobody(server: CheckingServer) -> None:
    server.expect("POST", SEND, DONE)
    sent = server.send(SERVICE, words("10 亿 <@all>"), ACCOUNT)
    assert server.seen[0].query == ACCOUNT
    assert server.seen[0].json == {"msgtype": "text", "text": {"content": "10 亿 ＜@all>"}}
    assert sent == Sent("")


def test_the_picture_follows_the_words_as_a_message_of_its_own(server: CheckingServer) -> None:
    server.expect("POST", SEND, DONE)
    server.expect("POST", SEND, DONE)
    server.send(SERVICE, with_picture("Ten"), ACCOUNT)
    said, picture = (one.json for one in server.seen)
    assert said == {"msgtype": "text", "text": {"content": "Ten"}}
    assert picture["msgtype"] == "image"
    assert b64decode(picture["image"]["base64"]) == PNG
    assert picture["image"]["md5"] == hashlib.md5(PNG).hexdigest()


@pytest.mark.parametrize(
    "reply",
    [
        Reply(json={"errcode": 40009, "errmsg": "invalid image size"}),
        Reply(json={"errcode": 45009, "errmsg": "api freq out of limit"}),
        Reply(500),
        Reply(then="hang up"),
    ],
    ids=str,
)
def test_a_picture_that_fails_leaves_the_words_sent_and_is_told_once(
    server: CheckingServer, reply: Reply, caplog: pytest.LogCaptureFixture
) -> None:
    server.expect("POST", SEND, DONE)
    server.expect("POST", SEND, reply)
    assert server.send(SERVICE, with_picture(), ACCOUNT) == Sent("")
    assert [one.message for one in caplog.records if "picture not sent" in one.message]


@pytest.mark.parametrize(("code", "ended"), [(93000, Refused), (45009, Later), (-1, Unknown)])
def test_words_that_fail_bring_no_picture_f39(
    server: CheckingServer, code: int, ended: type[Exception]
) -> None:
    server.expect("POST", SEND, Reply(json={"errcode": code, "errmsg": "so it is"}))
    with pytest.raises(ended, match=f"errcode {code}"):
        server.send(SERVICE, with_picture(), ACCOUNT)


def test_a_picture_that_is_too_large_for_wecom_is_left_out(server: CheckingServer) -> None:
    server.expect("POST", SEND, DONE)
    large = Message(text="Ten", lang="en", key="k", picture=bytes(2 * 1024 * 1024 + 1))
    server.send(SERVICE, large, ACCOUNT)
