"""The webhook, against a receiver that checks signatures with the standard's own library."""

import pytest
from standardwebhooks import Webhook

from dashboard.alerts.feeds.webhook import SERVICE
from dashboard.alerts.service import Sent
from dashboard.alerts.web import Later, Refused, Unknown
from tests.alerts.checking_server import CheckingServer, Reply
from tests.alerts.news import NEWS

URL = "https://hooks.example/in"
ACCOUNT = {"url": URL, "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}


def test_a_webhook_is_signed_as_the_standard_says(server: CheckingServer) -> None:
    server.expect("POST", URL, Reply(204))
    sent = server.send(SERVICE, NEWS, ACCOUNT, "hooks.example")
    asked = server.seen[0]
    body = Webhook(ACCOUNT["secret"]).verify(asked.body, asked.headers)
    assert body["type"] == "board.post"
    assert body["data"] == {"key": NEWS.key, "text": NEWS.text, "lang": "en", "link": NEWS.link}
    assert (asked.headers["webhook-id"], sent) == (NEWS.key, Sent(NEWS.key))


def test_a_receiver_that_wants_no_more_is_for_a_person(server: CheckingServer) -> None:
    server.expect("POST", URL, Reply(410))
    with pytest.raises(Refused, match="HTTP 410"):
        server.send(SERVICE, NEWS, ACCOUNT, "hooks.example")


def test_a_receiver_says_when_to_come_again(server: CheckingServer) -> None:
    server.expect("POST", URL, Reply(429, headers={"Retry-After": "12"}))
    with pytest.raises(Later) as caught:
        server.send(SERVICE, NEWS, ACCOUNT, "hooks.example")
    assert caught.value.seconds == 12


def test_a_receiver_in_trouble_may_have_it_or_not(server: CheckingServer) -> None:
    server.expect("POST", URL, Reply(503))
    with pytest.raises(Unknown):
        server.send(SERVICE, NEWS, ACCOUNT, "hooks.example")


@pytest.mark.parametrize("secret", ["whsec_", "whsec_a", "ü"])
def test_a_secret_that_is_none_is_refused(server: CheckingServer, secret: str) -> None:
    with pytest.raises(Refused, match="secret: expected whsec_"):
        server.send(SERVICE, NEWS, {"url": URL, "secret": secret}, "hooks.example")


def test_a_receiver_has_to_be_among_the_hosts_s25(server: CheckingServer) -> None:
    with pytest.raises(Refused, match="FEED_HOSTS"):
        server.send(SERVICE, NEWS, ACCOUNT)
