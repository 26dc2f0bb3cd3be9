import hashlib
import hmac
from base64 import b64encode

import pytest

from dashboard.alerts.feeds import feishu
from dashboard.alerts.service import Sent
from dashboard.alerts.web import Later, Refused
from gmvboard.clock import now_ms
from tests.alerts.checking_server import CheckingServer, Reply
from tests.alerts.feeds.messages import HOSTILE, PNG, with_picture, words

HOOK = "https://open.feishu.cn/open-apis/bot/v2/hook/0e1f-22"
LARK = "https://open.larksuite.com/open-apis"
APP = {"webhook": f"{LARK}/bot/v2/hook/1", "app_id": "cli_1", "app_secret": "app-secret"}
DONE = Reply(json={"code": 0, "msg": "success", "data": {}, "StatusCode": 0})


def test_words_are_one_piece_that_calls_nobody(server: CheckingServer) -> None:
    server.expect("POST", HOOK, DONE)
    sent = server.send(feishu.SERVICE, words(HOSTILE), {"webhook": HOOK})
    pieces = [[{"tag": "text", "text": HOSTILE}]]
    post = {"zh_cn": {"title": "", "content": pieces}}
    assert server.seen[0].json == {"msg_type": "post", "content": {"post": post}}
    assert sent == Sent("")


def test_a_robot_with_a_secret_is_signed_in_the_body(server: CheckingServer) -> None:
    server.expect("POST", HOOK, DONE)
    server.send(feishu.SERVICE, words(), {"webhook": HOOK, "secret": "s3cret"})
    said = server.seen[0].json
    mac = hmac.new(f"{said['timestamp']}\ns3cret".encode(), digestmod=hashlib.sha256)
    assert said["sign"] == b64encode(mac.digest()).decode()
    assert abs(int(said["timestamp"]) - now_ms() // 1000) < 60


def test_the_signature_is_that_of_another_program() -> None:
    """By OpenSSL: printf '' | openssl dgst -sha256 -hmac $'1599360473\\nkey' -binary | base64."""
    assert feishu.signature("1599360473", "key") == "Dj3J6+l2ORqf/uSfLExhM/QcvBgAfrEeQaFEb4fzUc4="


def test_a_picture_is_uploaded_by_the_app_and_stands_below_the_words(
    server: CheckingServer,
) -> None:
    token = {"code": 0, "msg": "ok", "tenant_access_token": "t-1", "expire": 7200}
    server.expect("POST", f"{LARK}/auth/v3/tenant_access_token/internal", Reply(json=token))
    uploaded = Reply(json={"code": 0, "data": {"image_key": "img_9"}})
    server.expect("POST", f"{LARK}/im/v1/images", uploaded)
    server.expect("POST", APP["webhook"], DONE)
    server.send(feishu.SERVICE, with_picture("Ten"), APP)
    login, upload, said = server.seen
    assert login.json == {"app_id": "cli_1", "app_secret": "app-secret"}
    assert upload.headers["authorization"] == "Bearer t-1"
    assert upload.parts["image_type"].content == b"message"
    assert (upload.parts["image"].type, upload.parts["image"].content) == ("image/png", PNG)
    pieces = [[{"tag": "text", "text": "Ten"}], [{"tag": "img", "image_key": "img_9"}]]
    assert said.json["content"] == {"post": {"en_us": {"title": "", "content": pieces}}}


def test_without_an_app_the_words_go_alone(server: CheckingServer) -> None:
    server.expect("POST", HOOK, DONE)
    server.send(feishu.SERVICE, with_picture("Ten"), {"webhook": HOOK})
    content = server.seen[0].json["content"]["post"]["en_us"]["content"]
    assert content == [[{"tag": "text", "text": "Ten"}]]


@pytest.mark.parametrize(
    ("reply", "ended"),
    [
        ({"code": 99991663, "msg": "token invalid"}, Refused),
        ({"code": 11232, "msg": "too many"}, Later),
        ({}, Later),
    ],
)
def test_before_the_robot_is_asked_nothing_can_be_there(
    server: CheckingServer, reply: object, ended: type[Exception]
) -> None:
    login = f"{LARK}/auth/v3/tenant_access_token/internal"
    server.expect("POST", login, Reply(json=reply))
    with pytest.raises(ended):
        server.send(feishu.SERVICE, with_picture(), APP)


@pytest.mark.parametrize(("status", "seconds"), [(400, 7), (429, 7)])
def test_too_many_is_waited_for_as_long_as_it_says(
    server: CheckingServer, status: int, seconds: int
) -> None:
    told = {"x-ogw-ratelimit-reset": str(seconds)}
    too_many = Reply(status=status, json={"code": 99991400, "msg": "limited"}, headers=told)
    server.expect("POST", HOOK, too_many)
    with pytest.raises(Later) as wait:
        server.send(feishu.SERVICE, words(), {"webhook": HOOK})
    assert wait.value.seconds == seconds


@pytest.mark.parametrize(
    ("said", "ended"),
    [
        ({"code": 19021, "msg": "sign match fail"}, Refused),
        ({"code": 9499, "msg": "Bad Request"}, Refused),
        ({"code": 11232, "msg": "frequency limited"}, Later),
        ({"StatusCode": 19001, "StatusMessage": "param invalid"}, Refused),
    ],
)
def test_a_200_with_an_error_in_it_is_an_error_f39(
    server: CheckingServer, said: object, ended: type[Exception]
) -> None:
    server.expect("POST", HOOK, Reply(json=said))
    with pytest.raises(ended):
        server.send(feishu.SERVICE, words(), {"webhook": HOOK})


def test_an_older_answer_is_understood_too(server: CheckingServer) -> None:
    older = {"Extra": None, "StatusCode": 0, "StatusMessage": "success"}
    server.expect("POST", HOOK, Reply(json=older))
    assert server.send(feishu.SERVICE, words(), {"webhook": HOOK}) == Sent("")
