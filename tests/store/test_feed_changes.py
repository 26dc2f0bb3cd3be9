import json

import pytest

from dashboard.store import feed_changes, feeds
from dashboard.store.decisions import Decision
from dashboard.store.tables import Feed, PostNote
from tests.worlds import festival

pytestmark = pytest.mark.django_db


def made() -> Feed:
    feed = Feed(campaign=festival()[0], name="channel", service="telegram")
    feeds.set_account(feed, {"chat_id": "@festival", "token": "12:very-secret"}, ["token"])
    feed_changes.keep(feed, Decision("lena", 1))
    return feed


def test_who_made_a_feed_is_written_down() -> None:
    made()
    note = PostNote.objects.get()
    assert (note.by, note.at_ms, note.action, note.before) == ("lena", 1, "feed made", {})
    assert note.after["options"] == {"chat_id": "@festival"}
    assert note.after["dry_run"] is True


def test_a_change_is_written_down_as_it_was_and_is() -> None:
    feed = made()
    feed.cap_an_hour = 2
    feed_changes.keep(feed, Decision("omar", 2))
    note = PostNote.objects.latest("pk")
    assert (note.by, note.action) == ("omar", "feed changed")
    assert (note.before, note.after) == ({"cap_an_hour": 6}, {"cap_an_hour": 2})


def test_of_secrets_the_names_alone_are_written_down_s24() -> None:
    feed = made()
    feeds.set_account(feed, {"chat_id": "@festival", "token": "13:newer-secret"}, ["token"])
    feed_changes.keep(feed, Decision("omar", 2))
    assert PostNote.objects.latest("pk").after == {"secrets": ["token"]}
    told = json.dumps([[one.before, one.after] for one in PostNote.objects.all()])
    assert "secret" not in told.replace('"secrets"', "")


def test_what_changes_nothing_is_not_written_down() -> None:
    feed = made()
    feed_changes.keep(feed, Decision("omar", 2))
    assert PostNote.objects.count() == 1


def test_who_saves_an_older_form_sets_nothing_back_that_the_outbox_or_the_switch_wrote() -> None:
    feed = made()
    Feed.objects.update(last_error="401", failures=3, not_before_ms=99)
    feed_changes.switch(feed, True, Decision("lena", 2))
    feed.gap_s = 5
    feed_changes.keep(feed, Decision("omar", 3))
    feed = Feed.objects.get()
    assert (feed.gap_s, feed.stopped, feed.failures, feed.not_before_ms) == (5, True, 3, 99)


def test_a_switch_is_thrown_and_released_once_and_written_down() -> None:
    feed = made()
    thrown = [
        feed_changes.switch(feed, stopped, Decision("omar", 2)) for stopped in (True, True, False)
    ]
    assert thrown == [True, False, True]
    actions = [one.action for one in PostNote.objects.all()]
    assert actions == ["feed made", "feed stopped", "feed released"]
