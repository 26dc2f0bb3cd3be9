"""Of several news behind a gap the highest is posted, once it is posted; corrections follow too."""

import pytest

from dashboard.core import posting
from dashboard.core.posting import LEASE_MS, UNTRUE, Mark
from dashboard.store import marks
from dashboard.store.claims import claim
from dashboard.store.tables import Feed, Post, PostNote
from tests.posts import NOW, actions, feed, post, states

pytestmark = pytest.mark.django_db


def sent_to(one: Feed, found: Mark, now_ms: int = NOW) -> int:
    """Have the feed's next post end so; return which it was."""
    mine = claim(one.pk, "me", now_ms)
    assert mine and marks.mark(mine, found, now_ms + 5)
    return mine.post_id


@pytest.mark.parametrize("found", [posting.sent("7", ""), posting.unknown("timed out", NOW)])
def test_behind_a_gap_the_highest_is_posted_and_the_lower_say_so(found: Mark) -> None:
    one = feed(gap_s=60)
    low, by_hand, high = (post(one, rank=rank) for rank in (10, 20, 30))
    PostNote.objects.create(post=by_hand, at_ms=NOW, by="ann", action="approved")
    Post.objects.filter(pk=by_hand.pk).update(not_before_ms=NOW + 1)
    assert sent_to(one, found) == high.pk
    assert states(low, by_hand) == [Post.WITHDRAWN, Post.APPROVED]
    note = PostNote.objects.get(post=low)
    assert (note.by, note.action, note.after["posted"]) == ("outbox", "coalesced", high.pk)


@pytest.mark.parametrize(
    "found", [posting.refused("401", False), posting.halted(UNTRUE, 1, False, NOW)]
)
def test_where_the_highest_is_not_posted_the_next_is(found: Mark) -> None:
    one = feed(gap_s=60)
    low, high = post(one, rank=10), post(one, rank=30)
    assert sent_to(one, found) == high.pk
    assert sent_to(one, posting.sent("7", "")) == low.pk


def test_the_lower_wait_while_the_highest_is_tried_again() -> None:
    one = feed(gap_s=60)
    low, high = post(one, rank=10), post(one, rank=30)
    assert sent_to(one, posting.halted("figures on hold", 1, False, NOW)) == high.pk
    assert claim(one.pk, "me", NOW + 999) is None
    assert sent_to(one, posting.sent("7", ""), NOW + 1_000) == high.pk
    assert states(low) == [Post.WITHDRAWN]


def test_whoever_dies_over_the_highest_leaves_the_lower_out_too() -> None:
    one = feed(gap_s=60)
    low, _ = post(one, rank=10), post(one, rank=30)
    assert claim(one.pk, "me", NOW)
    marks.give_up_dead(NOW + LEASE_MS)
    assert states(low) == [Post.WITHDRAWN]


def test_what_came_after_the_claim_is_news_of_its_own() -> None:
    one = feed(gap_s=60)
    post(one, rank=30)
    mine = claim(one.pk, "me", NOW)
    later = post(one, rank=10, not_before_ms=NOW + 1)
    assert mine and marks.mark(mine, posting.sent("7", ""), NOW + 5)
    assert states(later) == [Post.APPROVED]


@pytest.mark.parametrize("why", [UNTRUE, "stopped"])
def test_what_was_not_posted_after_all_is_not_corrected(why: str) -> None:
    one = feed()
    told = post(one)
    mine = claim(one.pk, "me", NOW)
    correction = post(one, kind=Post.CORRECTION, corrects_id=told.pk, approved=False)
    assert mine and marks.mark(mine, posting.halted(why, 1, False, NOW), NOW)
    assert states(correction) == [Post.WITHDRAWN] and actions(correction) == ["superseded"]
