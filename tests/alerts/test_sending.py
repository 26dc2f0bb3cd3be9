"""Sending by a service, for good and as a dry run."""

import pytest

from dashboard.alerts.dry_run import DryRun
from dashboard.alerts.sending import send
from dashboard.alerts.service import Account, Field, Message, Sent, Service
from dashboard.alerts.web import Refused, Unknown, Web
from dashboard.core.lengths import Limit

MESSAGE = Message(text="10 billion", lang="en", key="k1", picture=b"\x89PNG\r\n\x1a\n\xff", alt="A")
ACCOUNT = {"token": "se/cret", "room": "7"}


def post(message: Message, account: Account, web: Web) -> Sent:
    """Post as many services do: a login, an upload, the post."""
    login = web.prepare("POST", "https://feed.example/login", json={"token": account["token"]})
    if login.json()["errcode"] != 0 or login.json().get("error"):
        raise Refused("no login")
    uploaded = web.prepare("POST", "https://feed.example/up", files={"pic": message.picture})
    answer = web.publish(
        "POST",
        f"https://feed.example/{account['token']}/post",
        params={"access_token": account["token"]},
        headers={"Authorization": f"Bearer {login.at('jwt')}"},
        json={"text": message.text, "media": [uploaded.at("data", "id")]},
    )
    return Sent(remote_id=str(answer.at("id")))


SERVICE = Service(
    name="feed",
    title="Feed",
    fields=(Field("token", "its token", secret=True), Field("room", "a number", required=False)),
    limit=Limit(100),
    post=post,
)


def test_a_dry_run_records_what_would_have_been_sent() -> None:
    web = DryRun(SERVICE, ACCOUNT)
    assert send(SERVICE, MESSAGE, ACCOUNT, web) == Sent(remote_id="")
    login, upload, posted = web.requests
    assert login["json"] == {"token": "•••"}
    assert upload["files"] == {"pic": "9 bytes"}
    assert posted == {
        "method": "POST",
        "url": "https://feed.example/•••/post?access_token=•••",
        "headers": {"Authorization": "•••"},
        "json": {"text": "10 billion", "media": ["dry-run"]},
    }


def test_a_dry_run_holds_no_secret_in_any_shape() -> None:
    web = DryRun(SERVICE, ACCOUNT)
    send(SERVICE, MESSAGE, ACCOUNT, web)
    assert "cret" not in str(web.requests)


def test_an_account_that_lacks_something_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(Refused, match="token: expected its token"):
        send(SERVICE, MESSAGE, {"room": "7"}, DryRun(SERVICE, {}))


def test_what_a_service_did_not_foresee_is_unknown(caplog: pytest.LogCaptureFixture) -> None:
    def odd(message: Message, account: Account, web: Web) -> Sent:
        raise ZeroDivisionError

    service = Service(name="odd", title="Odd", fields=(), limit=Limit(1), post=odd)
    with pytest.raises(Unknown, match="ZeroDivisionError"):
        send(service, MESSAGE, {}, DryRun(service, {}))
    assert caplog.messages == ["service=odd ended in a way it did not foresee"]
