import json

import pytest

from dashboard.alerts.feeds.discord import SERVICE, plain
from dashboard.alerts.service import Sent
from tests.alerts.checking_server import CheckingServer, Reply
from tests.alerts.feeds.messages import PNG, with_picture, words

HOOK = "https://discord.com/api/webhooks/42/token"
DONE = Reply(json={"id": "991", "channel_id": "55", "content": "…"})


def test_words_call_nobody_and_the_answer_is_waited_for(server: CheckingServer) -> None:
    server.expect("POST", HOOK, DONE)
    sent = server.send(SERVICE, words("@everyone"), {"webhook": HOOK, "server": "7"})
    asked = server.seen[0]
    assert asked.query == {"wait": "true"}
    assert asked.json == {"content": "\\@everyone", "allowed_mentions": {"parse": []}}
    assert sent == Sent("991", "https://discord.com/channels/7/55/991")


def test_a_picture_is_a_part_with_its_description(server: CheckingServer) -> None:
    server.expect("POST", HOOK, DONE)
    sent = server.send(SERVICE, with_picture("Ten", "A poster " + "x" * 2000), {"webhook": HOOK})
    parts = server.seen[0].parts
    payload = json.loads(parts["payload_json"].content)
    (told,) = payload.pop("attachments")
    assert payload == {"content": "Ten", "allowed_mentions": {"parse": []}}
    assert (told["id"], told["filename"]) == (0, "poster.png")
    assert told["description"].startswith("A poster") and len(told["description"]) <= 1024
    photo = parts["files[0]"]
    assert (photo.filename, photo.type, photo.content) == ("poster.png", "image/png", PNG)
    assert sent == Sent("991")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("¥10.5 billion, 57.6% faster", "¥10.5 billion, 57.6% faster"),
        ("[free](https://evil.example)", "\\[free](https://evil.example)"),
        ("<@&1> <https://evil.example|x>", "\\<\\@&1> \\<https://evil.example|x>"),
        ("# loud\n> said\n-1 *b* a_b `c`", "\\# loud\n\\> said\n\\-1 \\*b\\* a\\_b \\`c\\`"),
        ("https://a.example/b_c*d", "https://a.example/b_c*d"),
        ("https://a[b](https://evil.example)<@1>", "https://a\\[b](https://evil.example)\\<\\@1>"),
        ("\\[x](y)", "\\\\\\[x](y)"),
    ],
)
def test_markdown_makes_nothing_of_words_and_leaves_addresses_alone(text: str, shown: str) -> None:
    assert plain(text) == shown
