import pytest

from dashboard.alerts.feeds.slack import SERVICE
from dashboard.alerts.service import Sent
from dashboard.alerts.web import Later, Refused, Unknown
from tests.alerts.checking_server import CheckingServer, Reply
from tests.alerts.feeds.messages import PNG, with_picture, words

HOOK = "https://hooks.slack.com/services/T00/B00/xyz"
BOT = {"bot_token": "xoxb-1-secret", "channel": "C01"}
API = "https://slack.com/api"
PLACE = "https://files.slack.com/upload/v1/ABC"
NO_PREVIEWS = {"mrkdwn": False, "unfurl_links": False, "unfurl_media": False}


def test_a_webhook_takes_words_and_answers_ok(server: CheckingServer) -> None:
    server.expect("POST", HOOK, Reply(body=b"ok"))
    sent = server.send(SERVICE, words("<!everyone> A & B"), {"webhook": HOOK})
    escaped = "&lt;!everyone&gt; A &amp; B"
    assert server.seen[0].json == {"text": escaped, **NO_PREVIEWS}
    assert sent == Sent("")


def test_a_bot_posts_words_and_tells_their_time(server: CheckingServer) -> None:
    done = Reply(json={"ok": True, "channel": "C01", "ts": "1503435956.000247"})
    server.expect("POST", f"{API}/chat.postMessage", done)
    sent = server.send(SERVICE, words("<@U1>"), BOT)
    assert server.seen[0].headers["authorization"] == "Bearer xoxb-1-secret"
    assert server.seen[0].json == {"channel": "C01", "text": "&lt;@U1&gt;", **NO_PREVIEWS}
    assert sent == Sent("1503435956.000247")


def upload(server: CheckingServer, shared: Reply) -> Sent:
    place = Reply(json={"ok": True, "upload_url": PLACE, "file_id": "F9"})
    server.expect("POST", f"{API}/files.getUploadURLExternal", place)
    server.expect("POST", PLACE, Reply(body=b"OK - 600"))
    server.expect("POST", f"{API}/files.completeUploadExternal", shared)
    return server.send(SERVICE, with_picture("A & B"), BOT)


def test_a_picture_is_uploaded_and_then_shared_with_its_words(server: CheckingServer) -> None:
    link = "https://festival.slack.com/files/F9"
    sent = upload(server, Reply(json={"ok": True, "files": [{"id": "F9", "permalink": link}]}))
    place, picture, shared = server.seen
    told = {"filename": "poster.png", "length": str(len(PNG)), "alt_txt": "A poster: ¥10 billion"}
    assert place.form == told
    assert picture.body == PNG
    assert "authorization" not in picture.headers
    words = {"channel_id": "C01", "initial_comment": "A &amp; B"}
    assert shared.json == {"files": [{"id": "F9"}], **words}
    assert sent == Sent("F9", link)


@pytest.mark.parametrize(
    ("error", "ended"),
    [
        ("channel_not_found", Refused),
        ("ratelimited", Later),
        ("fatal_error", Unknown),
        ("internal_error", Unknown),
    ],
)
def test_the_body_says_how_it_ended(
    server: CheckingServer, error: str, ended: type[Exception]
) -> None:
    with pytest.raises(ended, match=error):
        upload(server, Reply(json={"ok": False, "error": error}))


@pytest.mark.parametrize(
    ("reply", "ended"),
    [
        (Reply(json={"ok": False, "error": "invalid_auth"}), Refused),
        (Reply(json={"ok": False, "error": "internal_error"}), Later),
        (Reply(body=b"rubbish"), Later),
        (Reply(503), Later),
    ],
)
def test_before_the_file_is_shared_nothing_can_be_there(
    server: CheckingServer, reply: Reply, ended: type[Exception]
) -> None:
    server.expect("POST", f"{API}/files.getUploadURLExternal", reply)
    with pytest.raises(ended):
        server.send(SERVICE, with_picture(), BOT)


@pytest.mark.parametrize(
    ("account", "said"), [({}, "webhook: expected"), ({"bot_token": "xoxb-1"}, "channel: expected")]
)
def test_an_account_that_names_no_place_says_so(
    server: CheckingServer, account: dict[str, str], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        server.send(SERVICE, words(), account)
