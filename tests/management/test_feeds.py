import io
import json

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from dashboard.store import feeds
from dashboard.store.tables import Feed, Post, PostNote
from tests.worlds import festival

pytestmark = pytest.mark.django_db
TOKEN = "123456789:" + "Aa0_-" * 7
TELEGRAM = ("--service", "telegram", "--set", "chat=@festival")


def run(*arguments: str) -> str:
    told = io.StringIO()
    call_command(*arguments, stdout=told)
    return told.getvalue()


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    """The token is in the environment, and nobody at a terminal."""
    monkeypatch.setenv("FEED_SECRET_TOKEN", TOKEN)
    monkeypatch.setattr("sys.stdin", io.StringIO())


def create(*arguments: str) -> Feed:
    festival()
    run("createfeed", "festival", "channel", *TELEGRAM, *arguments)
    return Feed.objects.get()


def test_a_feed_is_made_and_told_without_its_secrets() -> None:
    festival()
    told = run("createfeed", "festival", "channel", *TELEGRAM, "--lang", "zh-hans")
    assert TOKEN not in told
    said = json.loads(told)
    assert (said["campaign"], said["name"], said["lang"]) == ("festival", "channel", "zh-hans")
    assert (said["options"], said["secrets"]) == ({"chat": "@festival"}, ["token"])
    assert feeds.account(Feed.objects.get()) == {"chat": "@festival", "token": TOKEN}


def test_a_new_feed_is_a_dry_run_that_asks_and_who_made_it_is_noted() -> None:
    feed = create()
    assert (feed.dry_run, feed.approval, feed.audience) == (True, "ask", "public")
    note = PostNote.objects.get()
    assert (note.by, note.action) == ("manage.py", "feed made")
    assert TOKEN not in json.dumps(note.after)


def test_what_the_outbox_does_with_it_is_said_in_arguments() -> None:
    feed = create("--live", "--approval", "auto", "--holding", "5", "--cap", "2", "--poster", "")
    assert (feed.dry_run, feed.approval, feed.holding_s) == (False, "auto", 5)
    assert (feed.cap_an_hour, feed.poster) == (2, "")


def test_operators_have_feeds_of_all_campaigns() -> None:
    run("createfeed", "--operators", "pager", *TELEGRAM)
    feed = Feed.objects.get()
    assert (feed.campaign, feed.audience, str(feed)) == (None, "operators", "operators/pager")


def test_secrets_may_come_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    other = TOKEN.replace("1", "2")
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({"token": other})))
    assert feeds.account(create("--stdin"))["token"] == other


def test_what_is_no_json_on_standard_input_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("my-secret"))
    with pytest.raises(CommandError, match="standard input: expected one JSON object") as refused:
        create("--stdin")
    assert "my-secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--set", "token=1:2"), "token: a secret: expected in FEED_SECRET_TOKEN, or typed"),
        (("--set", "chat=festival"), "chat: expected @name of a public channel"),
        (("--set", "colour=red"), "colour: no field of telegram"),
        (("--set", "chat"), "set: expected FIELD=VALUE"),
        (("--service", "telegraph"), "service: expected one of apprise, "),
        (("--cap", "0"), "cap_an_hour: "),
    ],
)
def test_what_is_wrong_is_named(arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        create(*arguments)
    assert Feed.objects.count() == 0


def test_a_missing_secret_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FEED_SECRET_TOKEN")
    with pytest.raises(CommandError, match="token: expected a bot's token"):
        create()


def test_a_name_is_given_once() -> None:
    create()
    run("createfeed", "--operators", "channel", *TELEGRAM)
    with pytest.raises(CommandError, match="name: there is a feed of this name"):
        run("createfeed", "--operators", "channel", *TELEGRAM)
    with pytest.raises(CommandError, match="name: there is a feed of this name"):
        run("createfeed", "festival", "channel", *TELEGRAM)


def test_a_feed_is_of_a_campaign_or_of_the_operators() -> None:
    with pytest.raises(CommandError, match="slug: expected a campaign, or --operators"):
        run("createfeed", "channel", *TELEGRAM)
    with pytest.raises(CommandError, match="slug: no campaign 'nowhere'"):
        run("createfeed", "nowhere", "channel", *TELEGRAM)


def test_feeds_are_listed_with_their_health() -> None:
    create()
    run("createfeed", "--operators", "pager", *TELEGRAM)
    Feed.objects.filter(name="channel").update(failures=3, last_error="HTTP 401", stopped=True)
    told = run("feeds")
    assert "operators/pager  telegram  operators  en  ask  dry run, nothing sent yet" in told
    assert "STOPPED, dry run, 3 failures, the last: HTTP 401, nothing sent yet" in told
    assert "pager" not in run("feeds", "festival")


def test_feeds_say_whose_secrets_nobody_can_open_and_reseal_them(settings: Settings) -> None:
    create()
    assert "1 sealed anew" in run("feeds", "--reseal")
    settings.SECRET_KEY = "another key, because the first was lost"
    assert "its secrets are sealed under another key" in run("feeds")
    with pytest.raises(CommandError, match="sealed under another key"):
        run("feeds", "--reseal")


def test_services_are_listed_with_what_they_want() -> None:
    told = run("services")
    assert "telegram  Telegram  (1024 utf16, pictures)" in told
    assert "[secret, FEED_SECRET_TOKEN, needed]" in told
    said = [json.loads(line) for line in run("services", "--json").splitlines()]
    assert {"telegram", "wecom", "apprise"} <= {one["name"] for one in said}


def test_a_trial_is_proposed_and_goes_out_only_when_approved() -> None:
    feed = create("--lang", "zh-hans")
    assert run("tryfeed", "festival/channel").startswith("festival/channel: proposed: GMV 大屏测试")
    run("tryfeed", "festival/channel", "--approve")
    waiting, approved = Post.objects.all()
    assert (waiting.kind, waiting.state, waiting.feed) == ("trial", "proposed", feed)
    assert [(note.by, note.action) for note in waiting.notes.all()] == [("manage.py", "proposed")]
    assert approved.state == "approved"
    with pytest.raises(CommandError, match="name: no feed 'festival/other'"):
        run("tryfeed", "festival/other")


def changed(*arguments: str) -> Feed:
    run("changefeed", "festival/channel", *arguments)
    return Feed.objects.get()


def test_a_feed_goes_live_and_back_and_keeps_all_else() -> None:
    before = create("--cap", "2")
    feed = changed("--live")
    assert (feed.dry_run, feed.cap_an_hour) == (False, 2)
    assert feeds.account(feed) == feeds.account(before)
    assert changed("--dry-run", "--gap", "5").gap_s == 5
    notes = [one.after for one in PostNote.objects.all()][1:]
    assert notes == [{"dry_run": False}, {"dry_run": True, "gap_s": 5}]


def test_an_account_is_changed_field_by_field(monkeypatch: pytest.MonkeyPatch) -> None:
    create()
    monkeypatch.delenv("FEED_SECRET_TOKEN")
    assert feeds.account(changed("--set", "chat=@other")) == {"chat": "@other", "token": TOKEN}
    newer = TOKEN.replace("1", "2")
    monkeypatch.setenv("FEED_SECRET_TOKEN", newer)
    assert feeds.account(changed()) == {"chat": "@other", "token": newer}


def test_a_feed_is_stopped_whatever_is_wrong_with_it(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    create()
    settings.SECRET_KEY = "another key, because the first was lost"
    monkeypatch.delenv("FEED_SECRET_TOKEN")
    assert changed("--stop").stopped
    assert not changed("--release").stopped
    with pytest.raises(CommandError, match="token: expected a bot's token"):
        changed("--live")


def test_a_feed_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match="name: no feed 'festival/channel'; see `feeds`"):
        changed("--stop")
