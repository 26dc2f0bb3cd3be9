"""How sending ends at services that tell it in the same ways; each has its own in its file."""

from typing import Any

import pytest

from dashboard.alerts import accounts
from dashboard.alerts.dry_run import DryRun
from dashboard.alerts.feeds import services
from dashboard.alerts.sending import send
from dashboard.alerts.service import Account
from dashboard.alerts.web import Later, Refused, Unknown
from tests.alerts.checking_server import CheckingServer, Reply
from tests.alerts.feeds.messages import PNG, with_picture, words

TOKEN = "123456789:" + "Aa0_-" * 7
ROBOT = {"token": "0123456789abcdef" * 4}
HOOK = "https://open.feishu.cn/open-apis/bot/v2/hook/0e1f-22"
WEBHOOKS = "https://discord.com/api/webhooks/42/tok-en_of_its_own"
SLACK = "https://hooks.slack.com/services/T00/B00/verysecretpath"
WECOM = {"key": "693a0006-7a0c-4bc4-97a0-0ec2000a5aaa"}

# Name, account, and the address that is asked for words.
SERVICES = [
    (
        "telegram",
        {"token": TOKEN, "chat": "@festival"},
        f"https://api.telegram.org/bot{TOKEN}/sendMessage",
    ),
    ("discord", {"webhook": WEBHOOKS}, WEBHOOKS),
    ("slack", {"webhook": SLACK}, SLACK),
    (
        "slack",
        {"bot_token": "xoxb-1-secret", "channel": "C01"},
        "https://slack.com/api/chat.postMessage",
    ),
    ("dingtalk", ROBOT, "https://oapi.dingtalk.com/robot/send"),
    ("feishu", {"webhook": HOOK}, HOOK),
    ("wecom", WECOM, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"),
]
each = pytest.mark.parametrize(("name", "account", "url"), SERVICES)


def ends(server: CheckingServer, name: str, account: Account, url: str, reply: Reply) -> Any:
    server.expect("POST", url, reply)
    return server.send(services()[name], words(), account)


@each
def test_too_many_requests_are_tried_again_when_the_service_says_f39(
    server: CheckingServer, name: str, account: Account, url: str
) -> None:
    with pytest.raises(Later) as later:
        ends(server, name, account, url, Reply(429, headers={"Retry-After": "17"}))
    assert later.value.seconds == 17


@each
@pytest.mark.parametrize("status", [400, 401, 403, 404, 302])
def test_a_refusal_is_final_and_repeats_no_secret_f39(
    server: CheckingServer, name: str, account: Account, url: str, status: int
) -> None:
    with pytest.raises(Refused) as refused:
        ends(server, name, account, url, Reply(status, body=b"no: " + repr(account).encode()))
    assert str(status) in str(refused.value)
    assert "secret" not in str(refused.value).replace("'secret'", "")


@each
@pytest.mark.parametrize("reply", [Reply(401), Reply(500), Reply(then="hang up")], ids=str)
def test_what_is_logged_of_a_failure_holds_no_secret_s3(
    server: CheckingServer,
    name: str,
    account: Account,
    url: str,
    reply: Reply,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    with pytest.raises((Refused, Unknown)):
        ends(server, name, account, url, reply)
    assert "request" in caplog.text
    for secret in accounts.secret_names(services()[name]):
        assert account.get(secret, "nowhere") not in caplog.text


@each
@pytest.mark.parametrize(
    "reply",
    [
        Reply(500),
        Reply(then="hang up"),
        Reply(body=b"<html>welcome to this hotel</html>"),
        Reply(body=b""),
        Reply(json={}),
        Reply(json=[]),
        Reply(json=7),
        Reply(json={"ok": "?", "errcode": "0", "code": "ok"}),
        Reply(body=b"\xff" * 100),
    ],
    ids=str,
)
def test_of_rubbish_and_of_silence_nobody_can_say_whether_it_is_there_f39(
    server: CheckingServer, name: str, account: Account, url: str, reply: Reply
) -> None:
    with pytest.raises((Unknown, Refused)) as ended:
        ends(server, name, account, url, reply)
    assert ended.type is Unknown


@pytest.mark.parametrize(("name", "account"), [one[:2] for one in SERVICES])
def test_a_dry_run_records_the_request_without_secrets_and_sends_nothing(
    name: str, account: Account
) -> None:
    service = services()[name]
    run = DryRun(service, account)
    send(service, with_picture(), account, run)
    told = repr(run.requests)
    assert run.requests
    for secret in accounts.secret_names(service):
        assert account.get(secret, "nowhere") not in told
    assert repr(PNG) not in told


@pytest.mark.parametrize(("name", "account"), [one[:2] for one in SERVICES])
def test_these_accounts_are_what_the_services_ask_for(name: str, account: Account) -> None:
    assert accounts.wrong(services()[name], account) == []
