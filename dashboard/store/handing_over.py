"""Feeds and posts of a rehearsal that is begun again from nothing.

The feeds are accounts that people entered: the next rehearsal has them. What was not sent never is,
and what was done to every post stays on record, without the milestone that goes.
"""

from django.db.models import Q

from dashboard.store.post_notes import note
from dashboard.store.tables import Campaign, Feed, Post

_WAITING = (Post.PROPOSED, Post.APPROVED, Post.FAILED)


def withdraw_posts(earlier: Campaign, now_ms: int) -> None:
    """Withdraw what waits of a rehearsal that goes, and let its posts go of what goes with it."""
    posts = Post.objects.filter(Q(campaign=earlier) | Q(feed__campaign=earlier))
    for post in posts.filter(state__in=_WAITING).select_for_update(of=("self",)):
        Post.objects.filter(pk=post.pk).update(state=Post.WITHDRAWN)
        note(post, "begun anew", Post.WITHDRAWN, now_ms)
    posts.filter(state=Post.UNKNOWN).update(not_before_ms=0)  # for a person; looked for no more
    posts.update(campaign=None, milestone=None)


def hand_over(earlier: Campaign, campaign: Campaign) -> None:
    """Give the feeds of the one to the other."""
    Feed.objects.filter(campaign=earlier).update(campaign=campaign)
