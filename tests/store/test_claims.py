import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from dashboard.core.posting import LEASE_MS
from dashboard.store.claims import Claim, claim, due, may_go
from dashboard.store.tables import Feed, Post, StopSwitch
from tests.posts import NOW, actions, feed, post, states

pytestmark = pytest.mark.django_db


def claimed(one: Feed, now_ms: int = NOW) -> int | None:
    """Return the post of a feed that is claimed now."""
    found = claim(one.pk, "me", now_ms)
    return found.post_id if found else None


def test_what_is_approved_and_due_is_claimed_and_its_request_frozen() -> None:
    waiting = post(feed(), text="Ten billion", link="https://x.test/", alt="A poster")
    found = claim(waiting.feed_id, "me", NOW)
    assert found and (found.attempt, found.key, found.text) == (1, waiting.key, "Ten billion")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.sender) == (Post.SENDING, "me")
    assert waiting.lease_until_ms == found.lease_until_ms == NOW + LEASE_MS
    assert waiting.request and waiting.request["alt"] == "A poster"
    assert actions(waiting) == ["claimed"]


@pytest.mark.parametrize(
    "changes",
    [
        {"state": Post.PROPOSED},
        {"state": Post.UNKNOWN},
        {"state": Post.SENDING},
        {"not_before_ms": NOW + 1},
        {"expires_ms": NOW},
    ],
)
def test_nothing_else_is_claimed(changes: dict[str, object]) -> None:
    waiting = post(feed())
    Post.objects.update(**changes)
    assert claimed(waiting.feed) is None and due(NOW) == []


@pytest.mark.parametrize("changes", [{"stopped": True}, {"not_before_ms": NOW + 1}])
def test_a_feed_that_is_stopped_or_waits_has_nothing_claimed(changes: dict[str, object]) -> None:
    waiting = post(feed())
    Feed.objects.update(**changes)
    assert claimed(waiting.feed) is None and due(NOW) == []


def test_the_switch_of_all_feeds_stops_every_claim() -> None:
    waiting = post(feed())
    StopSwitch.objects.create(name="all", stopped=True)
    assert claimed(waiting.feed) is None and due(NOW) == []
    StopSwitch.objects.update(stopped=False)
    assert claimed(waiting.feed) == waiting.pk


def test_operators_hear_of_what_is_wrong_while_all_posting_is_stopped() -> None:
    alarm = post(feed(audience=Feed.OPERATORS), kind="alarm")
    StopSwitch.objects.create(name="all", stopped=True)
    assert due(NOW) == [alarm.feed_id]
    found = claim(alarm.feed_id, "me", NOW)
    assert found is not None and may_go(found) == ""


def test_a_feed_has_one_post_under_way_and_others_do_not_wait_for_it() -> None:
    slow, other = feed(), feed()
    first, second, third = post(slow), post(slow), post(other)
    assert due(NOW) == [slow.pk, other.pk]
    assert claimed(slow) == first.pk
    assert claimed(slow) is None
    assert claimed(other) == third.pk
    assert states(second) == [Post.APPROVED]


def test_without_a_gap_all_are_posted_in_their_order() -> None:
    one = feed()
    posts = [post(one, rank=rank) for rank in (10, 20, 30)]
    for expected in posts:
        assert claimed(one) == expected.pk
        Post.objects.filter(pk=expected.pk).update(state=Post.SENT, sent_ms=NOW)


def test_an_unknown_post_counts_for_cap_and_gap() -> None:
    one = feed(gap_s=60, cap_an_hour=2)
    Post.objects.filter(pk=post(one).pk).update(state=Post.UNKNOWN, sent_ms=NOW - 60_000)
    waiting = post(one)
    assert claimed(one, NOW - 1) is None
    assert claimed(one) == waiting.pk
    Post.objects.filter(pk=waiting.pk).update(state=Post.SENT, sent_ms=NOW)
    post(one)
    assert claimed(one, NOW + 120_000) is None


def test_a_claim_whose_words_were_edited_meanwhile_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waiting = post(feed())

    def edited(_due: object, _gap_s: int) -> int:
        Post.objects.update(text="Other words")
        return waiting.pk

    monkeypatch.setattr("dashboard.core.posting.next_of", edited)
    assert claimed(waiting.feed) is None


def held(**changes: object) -> tuple[Claim, str]:
    """Return a claim, and what is said of it once its row, or its feed, was changed."""
    found = claim(post(feed()).feed_id, "me", NOW)
    assert found and may_go(found) == ""
    Post.objects.filter(pk=found.post_id).update(**changes)
    return found, may_go(found)


def test_who_has_a_claim_is_asked_again_before_the_network() -> None:
    assert held(sender="another")[1] == "lost"
    assert held(state=Post.UNKNOWN)[1] == "lost"
    assert held(attempts=2)[1] == "lost"


@pytest.mark.parametrize("all_feeds", [True, False])
def test_a_stop_thrown_after_the_claim_is_seen(all_feeds: bool) -> None:
    found, _ = held()
    if all_feeds:
        StopSwitch.objects.create(name="all", stopped=True)
    else:
        Feed.objects.update(stopped=True)
    assert may_go(found) == "stopped"


def test_a_feed_made_a_dry_run_after_the_claim_gets_nothing_for_good() -> None:
    found, _ = held()
    Feed.objects.update(dry_run=True)
    assert may_go(found) == "stopped"
    Post.objects.update(dry_run=True)
    assert may_go(found) == ""


@pytest.mark.django_db(transaction=True)
def test_several_processes_that_claim_at_once_have_each_post_once_f45() -> None:
    posts = [post(feed()) for _ in range(8)]
    start = threading.Barrier(4)

    def claim_all(name: str) -> list[int]:
        start.wait()
        try:
            found = [claim(one.feed_id, name, NOW) for one in posts]
        finally:
            connection.close()
        return [one.post_id for one in found if one]

    with ThreadPoolExecutor(4) as processes:
        claims = [one for some in processes.map(claim_all, "abcd") for one in some]
    assert sorted(claims) == sorted(one.pk for one in posts)


def test_operators_are_told_at_once_whatever_gap_and_cap() -> None:
    to = feed(audience=Feed.OPERATORS, gap_s=60, cap_an_hour=1)
    for _ in range(3):
        waiting = post(to)
        assert claimed(to) == waiting.pk
        Post.objects.update(state=Post.SENT, sent_ms=NOW)
