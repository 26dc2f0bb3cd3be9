import pytest

from dashboard.alerts.feeds.telegram import SERVICE
from dashboard.alerts.service import Sent
from dashboard.alerts.web import Later, Refused, Unknown
from tests.alerts.checking_server import CheckingServer, Reply
from tests.alerts.feeds.messages import HOSTILE, PNG, with_picture, words

TOKEN = "123456789:" + "Aa0_-" * 7
ACCOUNT = {"token": TOKEN, "chat": "@festival"}
API = f"https://api.telegram.org/bot{TOKEN}"
DONE = Reply(json={"ok": True, "result": {"message_id": 77, "chat": {"id": -1001}}})


def test_words_are_sent_as_they_are_without_markup(server: CheckingServer) -> None:
    server.expect("POST", f"{API}/sendMessage", DONE)
    sent = server.send(SERVICE, words(HOSTILE), ACCOUNT)
    assert server.seen[0].json == {
        "chat_id": "@festival",
        "text": HOSTILE,
        "link_preview_options": {"is_disabled": True},
    }
    assert sent == Sent("77", "https://t.me/festival/77")


def test_a_picture_has_the_words_as_its_caption(server: CheckingServer) -> None:
    server.expect("POST", f"{API}/sendPhoto", DONE)
    server.send(SERVICE, with_picture("10 billion"), ACCOUNT)
    parts = server.seen[0].parts
    assert (parts["chat_id"].content, parts["caption"].content) == (b"@festival", b"10 billion")
    assert (parts["photo"].type, parts["photo"].content) == ("image/png", PNG)


def test_a_chat_that_is_not_public_has_no_addresses(server: CheckingServer) -> None:
    server.expect("POST", f"{API}/sendMessage", DONE)
    assert server.send(SERVICE, words(), {"token": TOKEN, "chat": "-1001"}) == Sent("77")


@pytest.mark.parametrize(
    ("code", "more", "ended"),
    [
        (400, {}, Refused),
        (429, {"parameters": {"retry_after": 35}}, Later),
        (500, {}, Unknown),
    ],
)
def test_the_body_says_how_it_ended(
    server: CheckingServer, code: int, more: dict[str, object], ended: type[Exception]
) -> None:
    said = {"ok": False, "error_code": code, "description": "so it is", **more}
    server.expect("POST", f"{API}/sendMessage", Reply(json=said))
    with pytest.raises(ended, match="so it is") as error:
        server.send(SERVICE, words(), ACCOUNT)
    assert getattr(error.value, "seconds", 35) == 35


@pytest.mark.parametrize("wait", [None, "35", -1, 10**9])
def test_too_many_without_a_sensible_wait_is_too_many_all_the_same(
    server: CheckingServer, wait: object
) -> None:
    said = {"ok": False, "error_code": 429, "description": "x", "parameters": {"retry_after": wait}}
    server.expect("POST", f"{API}/sendMessage", Reply(json=said))
    with pytest.raises(Later) as error:
        server.send(SERVICE, words(), ACCOUNT)
    assert error.value.seconds == 0
