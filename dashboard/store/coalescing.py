"""What follows for other posts once one is out, or is not: those left out, and its corrections."""

from dashboard.core import posting
from dashboard.store.claims import same, waiting
from dashboard.store.post_notes import note
from dashboard.store.tables import Post

_UNSENT = {Post.PROPOSED, Post.APPROVED, Post.FAILED}


def follow(post: Post, state: str, now_ms: int) -> None:
    """Have the posts that hang on `post`, as it was read, follow it to `state`."""
    if state in _UNSENT and post.kind == Post.NEWS:
        _withdraw_corrections(post, now_ms)
    if state not in _UNSENT and post.sent_ms is None:
        _leave_out(post, now_ms)


def _leave_out(post: Post, now_ms: int) -> None:
    """Withdraw the lower news that waited for `post` when it was claimed; it is the news now."""
    if post.kind != Post.NEWS or not post.feed.gap_s:
        return
    claimed_ms = post.lease_until_ms - posting.LEASE_MS
    lower = waiting(post.feed_id, claimed_ms).filter(
        kind=Post.NEWS, rank__lt=post.rank, created_ms__lte=claimed_ms
    )
    for one in lower:
        if not one.by_hand and same(one).update(state=Post.WITHDRAWN):
            note(one, posting.COALESCED, Post.WITHDRAWN, now_ms, posted=post.pk)


def _withdraw_corrections(post: Post, now_ms: int) -> None:
    """Withdraw what would correct news that were not posted after all.

    Those of a correction are left to the record, which words them anew.
    """
    corrections = Post.objects.filter(corrects=post, state__in=(Post.PROPOSED, Post.APPROVED))
    for one in corrections:
        if same(one).update(state=Post.WITHDRAWN):
            note(one, posting.SUPERSEDED, Post.WITHDRAWN, now_ms)
