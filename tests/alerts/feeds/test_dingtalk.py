import hashlib
import hmac
from base64 import b64encode

import pytest

from dashboard.alerts.feeds import dingtalk
from dashboard.alerts.service import Sent
from dashboard.alerts.web import Later, Refused, Unknown
from gmvboard.clock import now_ms
from tests.alerts.checking_server import CheckingServer, Reply
from tests.alerts.feeds.messages import HOSTILE, with_picture, words

SEND = "https://oapi.dingtalk.com/robot/send"
TOKEN = "0123456789abcdef" * 4
DONE = Reply(json={"errcode": 0, "errmsg": "ok"})


def test_words_are_signed_and_call_nobody(server: CheckingServer) -> None:
    server.expect("POST", SEND, DONE)
    before = now_ms()
    sent = server.send(dingtalk.SERVICE, words(HOSTILE), {"token": TOKEN, "secret": "SECabc+/="})
    asked, query = server.seen[0], server.seen[0].query
    mac = hmac.new(b"SECabc+/=", f"{query['timestamp']}\nSECabc+/=".encode(), hashlib.sha256)
    assert query["sign"] == b64encode(mac.digest()).decode()
    assert before <= int(query["timestamp"]) <= now_ms()
    assert query["access_token"] == TOKEN
    nobody = {"atMobiles": [], "isAtAll": False}
    assert asked.json == {"msgtype": "text", "text": {"content": HOSTILE}, "at": nobody}
    assert sent == Sent("")


def test_a_robot_without_a_secret_is_not_signed_and_has_no_pictures(server: CheckingServer) -> None:
    server.expect("POST", SEND, DONE)
    server.send(dingtalk.SERVICE, with_picture("Ten"), {"token": TOKEN})
    assert server.seen[0].query == {"access_token": TOKEN}
    assert server.seen[0].json["text"] == {"content": "Ten"}


def test_the_signature_is_that_of_another_program() -> None:
    """By OpenSSL: printf '1700000000000\\nSECx' | openssl dgst -sha256 -hmac SECx -binary."""
    assert (
        dingtalk.signature("1700000000000", "SECx")
        == "rgcjbH+yFyES+S0llX+cAPCwVRpsr7sbiX5Lnyo/ocU="
    )


@pytest.mark.parametrize(
    ("code", "ended"), [(310000, Refused), (130101, Later), (410100, Later), (-1, Unknown)]
)
def test_a_200_with_an_error_in_it_is_an_error_f39(
    server: CheckingServer, code: int, ended: type[Exception]
) -> None:
    server.expect("POST", SEND, Reply(json={"errcode": code, "errmsg": "sign not match"}))
    with pytest.raises(ended, match=f"errcode {code}"):
        server.send(dingtalk.SERVICE, words(), {"token": TOKEN})
