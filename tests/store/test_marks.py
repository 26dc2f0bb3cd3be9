import pytest

from dashboard.core import posting
from dashboard.core.posting import LEASE_MS, LOOK_AFTER_MS
from dashboard.store import marks
from dashboard.store.claims import Claim, claim, due
from dashboard.store.looks import claim_again, look
from dashboard.store.tables import Feed, Post, PostNote, StopSwitch
from tests.posts import NOW, actions, feed, post, states

pytestmark = pytest.mark.django_db


def begun(**fields: object) -> tuple[Post, Claim]:
    """Return a post of a feed, and its claim."""
    waiting = post(feed(**fields))
    found = claim(waiting.feed_id, "me", NOW)
    assert found
    return waiting, found


def unknown(**fields: object) -> tuple[Post, Claim]:
    """Return a post of which nobody can say what became of it, a minute later, looked for."""
    waiting, mine = begun(**fields)
    marks.mark(mine, posting.unknown("timed out", NOW), NOW)
    found = look(waiting.feed_id, NOW + LOOK_AFTER_MS)
    assert found
    return waiting, found


def test_what_was_sent_has_its_number_and_address() -> None:
    waiting, mine = begun()
    assert marks.mark(mine, posting.sent("7", "https://x.test/7"), NOW + 5)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.sent_ms, waiting.remote_id) == (Post.SENT, NOW + 5, "7")
    assert Feed.objects.get().last_sent_ms == NOW + 5
    assert actions(waiting) == ["claimed", "sent"]


def test_a_dry_run_keeps_the_request_that_was_not_sent() -> None:
    waiting, mine = begun(dry_run=True)
    assert mine.dry_run
    marks.mark(mine, posting.sent("", ""), NOW, request=[{"method": "POST"}])
    waiting.refresh_from_db()
    assert (waiting.dry_run, waiting.request) == (True, [{"method": "POST"}])


def test_later_gives_it_back_and_leaves_the_feed_alone() -> None:
    waiting, mine = begun()
    marks.mark(mine, posting.later("429", 30, 1, False, NOW), NOW)
    assert states(waiting) == [Post.APPROVED]
    assert due(NOW + 29_999) == [] and due(NOW + 30_000) == [waiting.feed_id]


def test_a_feeds_errors_are_counted_until_it_works() -> None:
    waiting, mine = begun()
    marks.mark(mine, posting.later("no connection", 0, 1, False, NOW), NOW)
    assert Feed.objects.values_list("failures", "last_error").get() == (1, "no connection")
    mine = claim(waiting.feed_id, "me", NOW + 1_000) or mine
    marks.mark(mine, posting.sent("7", ""), NOW)
    assert Feed.objects.values_list("failures", "last_error").get() == (0, "")


def test_nobody_marks_what_is_anothers() -> None:
    waiting, mine = begun()
    Post.objects.update(sender="another")
    assert not marks.mark(mine, posting.sent("7", ""), NOW)
    assert states(waiting) == [Post.SENDING] and actions(waiting) == ["claimed"]


def test_who_was_taken_for_dead_and_knows_better_is_heard() -> None:
    waiting, mine = begun()
    assert marks.give_up_dead(NOW + LEASE_MS - 1) == 0
    assert marks.give_up_dead(NOW + LEASE_MS) == 1
    assert states(waiting) == [Post.UNKNOWN]
    assert marks.mark(mine, posting.sent("7", ""), NOW + LEASE_MS)
    assert states(waiting) == [Post.SENT]


def test_a_clock_that_was_set_back_an_hour_keeps_no_post_under_way() -> None:
    waiting, _ = begun()
    assert marks.give_up_dead(NOW - 3_600_000) == 1
    assert states(waiting) == [Post.UNKNOWN]


def test_what_a_person_decided_meanwhile_stands() -> None:
    waiting, mine = begun()
    marks.give_up_dead(NOW + LEASE_MS)
    Post.objects.update(state=Post.APPROVED)
    assert not marks.mark(mine, posting.refused("401", False), NOW + LEASE_MS)
    assert states(waiting) == [Post.APPROVED]


@pytest.mark.parametrize("decided", [Post.APPROVED, Post.PROPOSED, Post.WITHDRAWN])
def test_what_is_known_to_be_there_is_sent_whatever_was_decided_meanwhile(decided: str) -> None:
    waiting, found = unknown()
    Post.objects.update(state=decided)
    assert marks.mark(found, posting.sent("7", "", "found"), NOW + LOOK_AFTER_MS)
    assert states(waiting) == [Post.SENT]


def test_what_was_left_alone_while_it_was_looked_for_stays_so() -> None:
    waiting, found = unknown()
    Post.objects.update(not_before_ms=0)
    assert not marks.mark(found, posting.not_looked("503", 0, NOW), NOW + LOOK_AFTER_MS)
    assert claim_again(found, "me", NOW + LOOK_AFTER_MS) is None
    assert states(waiting) == [Post.UNKNOWN] and due(NOW + 10**9) == []


def test_what_was_not_sent_in_time_expires_unless_it_may_be_out() -> None:
    one = feed()
    posts = [post(one, expires_ms=NOW + 10) for _ in range(3)]
    Post.objects.filter(pk=posts[0].pk).update(state=Post.PROPOSED)
    Post.objects.filter(pk=posts[2].pk).update(state=Post.UNKNOWN)
    assert marks.expire(NOW + 9) == 0
    assert marks.expire(NOW + 10) == 2
    assert states(*posts) == [Post.EXPIRED, Post.EXPIRED, Post.UNKNOWN]
    assert actions(posts[0]) == ["expired"]


def test_one_process_looks_for_it_and_another_if_that_one_dies() -> None:
    waiting, found = unknown()
    assert (found.post_id, found.unknowns, found.looks) == (waiting.pk, 1, 0)
    assert look(waiting.feed_id, NOW + LOOK_AFTER_MS) is None
    assert look(waiting.feed_id, NOW + 2 * LOOK_AFTER_MS)


def test_it_is_claimed_again_with_the_same_request_and_once() -> None:
    waiting, found = unknown()
    later_ms = NOW + LOOK_AFTER_MS
    again = claim_again(found, "me", later_ms)
    assert again and (again.again, again.attempt, again.key) == (True, 2, waiting.key)
    assert claim_again(found, "other", later_ms) is None
    assert states(waiting) == [Post.SENDING]


@pytest.mark.parametrize(
    "why", ["feed", "all", "expired", "another under way", "decided", "dry run"]
)
def test_it_is_not_claimed_again_where_nothing_may_go_out(why: str) -> None:
    waiting, found = unknown()
    if why == "feed":
        Feed.objects.update(stopped=True)
    if why == "dry run":
        Feed.objects.update(dry_run=True)
    if why == "all":
        StopSwitch.objects.create(name="all", stopped=True)
    if why == "expired":
        Post.objects.update(expires_ms=NOW)
    if why == "another under way":
        Post.objects.filter(pk=post(waiting.feed).pk).update(state=Post.SENDING)
    if why == "decided":
        Post.objects.update(state=Post.SENT)
    assert claim_again(found, "me", NOW + LOOK_AFTER_MS) is None


def test_what_is_left_to_a_person_is_looked_for_no_more() -> None:
    waiting, found = unknown()
    marks.mark(found, posting.left(), NOW)
    assert due(NOW + 10**9) == [] and look(waiting.feed_id, NOW + 10**9) is None
    assert PostNote.objects.filter(post=waiting).last().action == "left"  # type: ignore[union-attr]


def test_found_at_the_timeline_it_is_sent() -> None:
    waiting, found = unknown()
    marks.mark(found, posting.sent("7", "", "found"), NOW + LOOK_AFTER_MS)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.sent_ms, waiting.error) == (Post.SENT, NOW, "")
