import json

import pytest
from cryptography.fernet import Fernet
from django.test import Client
from pytest_django.fixtures import Settings

from dashboard.store import feed_changes, feeds
from dashboard.store.decisions import Decision
from dashboard.store.tables import Feed, Post, PostNote
from tests.admin.test_quarantine import browser
from tests.worlds import festival

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("surroundings")]
LIST = "/admin/dashboard/feed/"
TOKEN, NEWER = "123456789:" + "Aa0_-" * 7, "987654321:" + "Zz9_-" * 7
ROW = {
    **{"name": "channel", "audience": "public", "lang": "en", "poster": "wide"},
    **{"approval": "ask", "holding_s": 60, "cap_an_hour": 6, "gap_s": 60, "expires_s": 900},
}


def keeper() -> Client:
    return browser("view_feed", "add_feed", "change_feed")


def made() -> Feed:
    feed = Feed(campaign=festival()[0], name="channel", service="telegram")
    feeds.set_account(feed, {"chat": "@festival", "token": TOKEN}, ["token"])
    feed_changes.keep(feed, Decision("lena", 1))
    return feed


def change(client: Client, feed: Feed, **fields: object) -> str:
    form = ROW | {"dry_run": "on", "account_chat": "@festival"} | fields
    return client.post(f"{LIST}{feed.pk}/change/", form, follow=True).content.decode()


def act(client: Client, action: str) -> str:
    keys = list(Feed.objects.values_list("pk", flat=True))
    form = {"action": action, "_selected_action": keys}
    return client.post(LIST, form, follow=True).content.decode()


def test_a_feed_is_made_as_a_dry_run_and_then_asked_for_its_account() -> None:
    campaign, _ = festival()
    form = ROW | {"campaign": campaign.pk, "service": "telegram", "dry_run": ""}
    html = keeper().post(f"{LIST}add/", form, follow=True).content.decode()
    assert "Enter its account now" in html
    assert 'name="account_token"' in html and 'name="account_chat"' in html
    feed = Feed.objects.get()
    assert (feed.dry_run, feed.service, feeds.account(feed)) == (True, "telegram", {})
    assert PostNote.objects.get().by == "lena"


def test_an_account_is_written_and_its_secret_never_shown_again() -> None:
    feed, client = made(), keeper()
    html = change(client, feed, account_token=NEWER, account_chat="@other", _continue="1")
    assert NEWER not in html and TOKEN not in html and "@other" in html
    assert feeds.account(Feed.objects.get()) == {"chat": "@other", "token": NEWER}
    note = PostNote.objects.latest("pk")
    assert note.after == {"options": {"chat": "@other"}, "secrets": ["token"]}
    assert NEWER not in json.dumps([note.before, note.after])


def test_an_empty_secret_stays_as_it_was() -> None:
    feed = made()
    change(keeper(), feed, account_token="", gap_s=5)
    feed.refresh_from_db()
    assert (feed.gap_s, feeds.account(feed)["token"]) == (5, TOKEN)
    assert PostNote.objects.latest("pk").after == {"gap_s": 5}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"account_chat": "festival"}, "expected @name of a public channel"),
        ({"account_token": "-"}, "expected a bot"),
        ({"account_token": "rubbish"}, "expected a bot"),
        ({"cap_an_hour": 0}, "greater than or equal to 1"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_changes_nothing(
    fields: dict[str, object], said: str
) -> None:
    feed = made()
    html = change(keeper(), feed, **fields)
    assert said in html and "rubbish" not in html
    assert feeds.account(Feed.objects.get()) == {"chat": "@festival", "token": TOKEN}
    assert PostNote.objects.count() == 1


def test_going_live_is_noted() -> None:
    change(keeper(), made(), dry_run="")
    note = PostNote.objects.latest("pk")
    assert (note.before, note.after) == ({"dry_run": True}, {"dry_run": False})


def test_who_may_stop_posting_stops_a_feed_and_releases_it() -> None:
    made()
    client = browser("view_feed", "stop_posting")
    assert "1 stopped" in act(client, "stop")
    assert Feed.objects.get().stopped
    assert "1 released again" in act(client, "release")
    assert [one.action for one in PostNote.objects.all()][1:] == ["feed stopped", "feed released"]


def test_who_may_change_feeds_alone_throws_no_switch() -> None:
    made()
    act(keeper(), "stop")
    assert not Feed.objects.get().stopped


def test_a_form_opened_before_the_switch_was_thrown_does_not_release_it() -> None:
    feed = made()
    feed_changes.switch(feed, True, Decision("omar", 2))
    change(keeper(), feed, gap_s=5)
    assert Feed.objects.get().stopped


def test_who_may_only_look_sees_no_field_of_an_account_and_deletes_nothing() -> None:
    feed = made()
    client = browser("view_feed", "delete_feed")
    html = client.get(f"{LIST}{feed.pk}/change/").content.decode()
    assert "account_token" not in html and TOKEN not in html and "chat, token" in html
    assert client.post(f"{LIST}{feed.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_trial_is_proposed_for_a_person_to_approve() -> None:
    made()
    assert "1 proposed" in act(keeper(), "propose_trial")
    post = Post.objects.get()
    assert (post.kind, post.state) == ("trial", "proposed")


def test_feeds_are_listed_with_their_health() -> None:
    made()
    Feed.objects.update(failures=2, last_error="HTTP 401 <b>no</b>")
    html = keeper().get(LIST).content.decode()
    assert "2 failures, the last: HTTP 401 &lt;b&gt;no&lt;/b&gt;" in html
    assert "dry run" in html


def test_a_feed_whose_secrets_nobody_can_open_asks_for_them_again(settings: Settings) -> None:
    feed, client = made(), keeper()
    settings.FEED_KEYS = [Fernet.generate_key().decode()]
    feeds.reseal()
    settings.FEED_KEYS = []
    html = client.get(f"{LIST}{feed.pk}/change/").content.decode()
    assert "its secrets were sealed under another key: enter them again" in html
    assert "expected a bot" in change(client, feed)
    change(client, feed, account_token=NEWER)
    assert feeds.account(Feed.objects.get())["token"] == NEWER


def test_staff_who_read_chinese_are_asked_in_chinese() -> None:
    feed, client = made(), keeper()
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-CN,zh;q=0.9"
    html = client.get(f"{LIST}{feed.pk}/change/").content.decode()
    assert "机器人令牌" in html and "已填写：留空则保持不变" in html
    assert "放行方式" in html and "人工批准" in html
