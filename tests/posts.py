"""Small worlds of the outbox: feeds, and posts that wait on them."""

import itertools
from typing import Any

from dashboard.store import outbox
from dashboard.store.outbox import NewPost
from dashboard.store.tables import Feed, Post, PostNote
from tests.worlds import MIDNIGHT_MS

NOW = MIDNIGHT_MS
_numbers = itertools.count(1)


def feed(**fields: Any) -> Feed:
    """Return a feed that sends, at once, as much as it is given; unless `fields` say otherwise."""
    free = {"dry_run": False, "gap_s": 0, "cap_an_hour": 1_000, "service": "fake"}
    return Feed.objects.create(**{"name": f"feed-{next(_numbers)}", **free, **fields})


def post(feed: Feed, **fields: Any) -> Post:
    """Return a post that is approved and due at NOW, and for an hour."""
    occasion = fields.pop("occasion", f"trial:{next(_numbers)}")
    usual = {"kind": "news", "text": "News", "lang": "en", "approved": True}
    new = {"campaign_id": None, "expires_ms": NOW + 3_600_000, **usual, **fields}
    outbox.propose([NewPost(feed_id=feed.pk, occasion=occasion, **new)], NOW)
    return Post.objects.get(feed=feed, occasion=occasion)


def states(*posts: Post) -> list[str]:
    """Return the states that these posts have now."""
    found = dict(Post.objects.values_list("pk", "state"))
    return [found[one.pk] for one in posts]


def actions(post: Post) -> list[str]:
    """Return what was done to a post, oldest first."""
    return list(PostNote.objects.filter(post=post).values_list("action", flat=True))
