"""The outbox in the database: posts are proposed, each once an occasion."""

import secrets
from collections.abc import Sequence
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Count, Min

from dashboard.store.decisions import Decision
from dashboard.store.post_notes import note
from dashboard.store.tables import Post


class NewPost(msgspec.Struct, frozen=True, kw_only=True):
    """A post for one feed; `approved`: it goes out by itself at `not_before_ms` (real time).

    No feed is ever given the same `occasion` twice. Of several at once, `rank` tells the highest.
    """

    feed_id: int
    campaign_id: int | None
    occasion: str
    kind: str
    text: str
    lang: str
    expires_ms: int
    approved: bool = False
    not_before_ms: int = 0
    milestone_id: int | None = None
    corrects_id: int | None = None
    poster: str = ""
    alt: str = ""
    link: str = ""
    story: dict[str, Any] | None = None
    rank: int = 0


def propose(posts: Sequence[NewPost], now_ms: int) -> None:
    """Put posts into the outbox; those whose occasion their feed was given before are left out."""
    Post.objects.bulk_create([_row(one, now_ms) for one in posts], ignore_conflicts=True)


def counts() -> list[tuple[str, str, int, int]]:
    """Return campaign ("" for the operators' own), state, number of posts, ms of the oldest."""
    rows = Post.objects.order_by("campaign__slug", "state").values_list("campaign__slug", "state")
    counted = rows.annotate(Count("pk"), Min("created_ms"))
    return [(slug or "", state, number, oldest) for slug, state, number, oldest in counted]


@transaction.atomic
def propose_by(new: NewPost, by: Decision) -> None:
    """Put a post that a person asked for into the outbox, and write down who did."""
    propose([new], by.at_ms)
    post = Post.objects.get(feed_id=new.feed_id, occasion=new.occasion)
    note(post, post.state, post.state, by.at_ms, by.by)


def _row(new: NewPost, now_ms: int) -> Post:
    fields = msgspec.structs.asdict(new)
    state = Post.APPROVED if fields.pop("approved") else Post.PROPOSED
    return Post(state=state, created_ms=now_ms, key=secrets.token_hex(16), **fields)
