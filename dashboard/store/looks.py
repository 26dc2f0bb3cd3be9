"""Looking for posts that may be out: a minute after nobody could say, one process at a time."""

from django.db import transaction

from dashboard.core import posting
from dashboard.store.claims import Claim, begin, claim_of, free, same
from dashboard.store.deadlocks import tried_again
from dashboard.store.tables import Post, PostNote


def look(feed_id: int, now_ms: int) -> Claim | None:
    """Take the turn to look for a post of a feed that may be out; None where there is none.

    Who dies over it is followed a minute later.
    """
    unknown = Post.objects.filter(feed_id=feed_id, state=Post.UNKNOWN, not_before_ms__gt=0)
    post = unknown.filter(not_before_ms__lte=now_ms).select_related("feed").order_by("pk").first()
    if post is None:
        return None
    unchanged = same(post).filter(not_before_ms=post.not_before_ms)
    if not unchanged.update(not_before_ms=now_ms + posting.LOOK_AFTER_MS):
        return None
    notes = list(PostNote.objects.filter(post=post).values_list("action", "at_ms"))
    actions = [action for action, _ in notes]
    return claim_of(
        post,
        post.feed,
        unknowns=actions.count(posting.UNKNOWN),
        looks=actions.count(posting.NOT_LOOKED),
        tried_ms=next((at_ms for action, at_ms in notes if action == posting.CLAIMED), 0),
        only_dry=post.feed.dry_run and not post.dry_run,
    )


def claim_again(looked_for: Claim, sender: str, now_ms: int) -> Claim | None:
    """Claim a post that is not there for its one more attempt; None where it may not go now."""
    return tried_again(lambda: _claim_again(looked_for, sender, now_ms))


@transaction.atomic
def _claim_again(looked_for: Claim, sender: str, now_ms: int) -> Claim | None:
    feed = free(looked_for.feed_id, now_ms)
    post = Post.objects.filter(pk=looked_for.post_id, attempts=looked_for.attempt).first()
    if feed is None or post is None or post.state != Post.UNKNOWN or not post.not_before_ms:
        return None  # a person decided, or left it, while it was looked for
    if feed.dry_run and not post.dry_run:
        return None
    return begin(post, feed, sender, now_ms, again=True, dry_run=post.dry_run)
