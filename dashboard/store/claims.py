"""The outbox' claims: which post goes out next, and that one process at a time sends it.

A claim is a conditional update under the lock of its feed's row, and is committed before the
network is asked. Several processes may claim at once, on SQLite and PostgreSQL (F45).
"""

from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from dashboard.core import posting
from dashboard.store.deadlocks import tried_again
from dashboard.store.post_notes import note
from dashboard.store.tables import Feed, Post, PostNote, StopSwitch
from gmvboard import failpoints

# The switch that stops all is of what the public reads; operators go on hearing of what is wrong.
_ON_AIR = ~Exists(StopSwitch.objects.filter(stopped=True))


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt at a post, or one look for it; whoever has it alone may mark it.

    `again`: an attempt after one of which nobody could say what came; `unknowns` and `looks` count
    those, and the looks at the timeline that were not answered. `tried_ms` is when the post was
    claimed first; `only_dry`: its feed has become a dry run since.
    """

    post_id: int
    feed_id: int
    service: str
    sender: str
    attempt: int
    lease_until_ms: int
    expires_ms: int
    text: str
    lang: str
    key: str
    link: str
    poster: str
    alt: str
    story: dict[str, Any] | None
    dry_run: bool
    kind: str
    milestone_id: int | None
    again: bool = False
    unknowns: int = 0
    looks: int = 0
    tried_ms: int = 0
    only_dry: bool = False


def due(now_ms: int) -> list[int]:
    """Return the feeds that have a post to send, or one to look for."""
    approved = Q(state=Post.APPROVED, not_before_ms__lte=now_ms, expires_ms__gt=now_ms)
    looked_for = Q(state=Post.UNKNOWN, not_before_ms__lte=now_ms, not_before_ms__gt=0)
    going = Q(feed__in=_going(), feed__not_before_ms__lte=now_ms)
    waiting = Post.objects.filter(approved | looked_for).filter(going)
    return list(waiting.order_by("feed_id").values_list("feed_id", flat=True).distinct())


def claim(feed_id: int, sender: str, now_ms: int) -> Claim | None:
    """Claim the post of a feed that goes next; None where none may go now.

    Of several news behind the feed's gap the highest goes; the lower wait for what comes of it.
    """
    return tried_again(lambda: _claim(feed_id, sender, now_ms))


def may_go(claim: Claim) -> str:
    """Return "" while a claimed post may still be sent; else why not: `stopped` or `lost`.

    A feed that was made a dry run meanwhile is stopped for what would be sent for good.
    """
    row = Post.objects.filter(
        pk=claim.post_id, sender=claim.sender, attempts=claim.attempt, state=Post.SENDING
    )
    as_claimed = Q(dry_run=True) | Q(feed__dry_run=False)
    if row.filter(_feed_goes(), as_claimed).exists():
        return ""
    return "stopped" if row.exists() else "lost"


@transaction.atomic
def _claim(feed_id: int, sender: str, now_ms: int) -> Claim | None:
    feed = free(feed_id, now_ms)
    if feed is None or not _has_room(feed, now_ms):
        return None
    rows = {row.pk: row for row in waiting(feed_id, now_ms)}
    some = [
        posting.Waiting(
            row.pk, row.rank, row.kind == Post.NEWS, row.by_hand, row.not_before_ms <= now_ms
        )
        for row in rows.values()
    ]
    chosen = posting.next_of(some, feed.gap_s)
    if chosen is None:
        return None
    return begin(rows[chosen], feed, sender, now_ms, dry_run=feed.dry_run)


def waiting(feed_id: int, now_ms: int) -> "QuerySet[Post, Any]":
    """Return what a feed is to be sent: due, or tried before and soon tried again.

    Each row has `by_hand`: whether a person had a hand in it.
    """
    notes = PostNote.objects.filter(post=OuterRef("pk")).exclude(by__in=posting.MACHINES)
    due_or_tried = Q(not_before_ms__lte=now_ms) | Q(attempts__gt=0)
    approved = Post.objects.filter(due_or_tried, feed_id=feed_id, state=Post.APPROVED)
    return approved.filter(expires_ms__gt=now_ms).annotate(by_hand=Exists(notes))


def begin(
    post: Post, feed: Feed, sender: str, now_ms: int, *, dry_run: bool, again: bool = False
) -> Claim | None:
    """Make `post`, as it was read, the sender's; None where it is not as it was any more."""
    changes = {
        "state": Post.SENDING,
        "attempts": post.attempts + 1,
        "sender": sender,
        "lease_until_ms": now_ms + posting.LEASE_MS,
        "dry_run": dry_run,
        "request": _frozen(post),
    }
    unchanged = same(post).filter(_feed_goes(), expires_ms__gt=now_ms)
    if not unchanged.update(**changes):
        return None
    action = "claimed again" if again else posting.CLAIMED
    note(post, action, Post.SENDING, now_ms, attempt=post.attempts + 1, sender=sender)
    for name, value in changes.items():
        setattr(post, name, value)
    failpoints.hit("outbox.before_commit")
    return claim_of(post, feed, again=again)


def free(feed_id: int, now_ms: int) -> Feed | None:
    """Return the feed, locked, where nothing stops it and nothing is under way to it."""
    going = _going().filter(pk=feed_id, not_before_ms__lte=now_ms)
    feed = going.select_for_update(no_key=True).first()
    # Asked once the lock is held: in the statement that waited for it the answer would be old.
    if feed is None or Post.objects.filter(feed=feed, state=Post.SENDING).exists():
        return None
    return feed


def _has_room(feed: Feed, now_ms: int) -> bool:
    """Return whether gap and cap let a feed post; operators are told of what is wrong at once."""
    if feed.audience == Feed.OPERATORS:
        return True
    since_ms = now_ms - max(posting.HOUR_MS, feed.gap_s * 1000)
    seen = Post.objects.filter(feed=feed, state__in=(Post.SENT, Post.UNKNOWN), sent_ms__gt=since_ms)
    sent_ms = seen.values_list("sent_ms", flat=True)
    return posting.has_room(map(int, filter(None, sent_ms)), feed.cap_an_hour, feed.gap_s, now_ms)


def same(post: Post) -> "QuerySet[Post]":
    """Return the row of `post` while its state, attempt and words are those that were read."""
    read = {"state": post.state, "attempts": post.attempts, "text": post.text}
    return Post.objects.filter(pk=post.pk, **read)


def _going() -> "QuerySet[Feed]":
    """Return the feeds that neither their own switch stops nor the one of all."""
    return Feed.objects.filter(_ON_AIR | Q(audience=Feed.OPERATORS), stopped=False)


def _feed_goes() -> Exists:
    return Exists(_going().filter(pk=OuterRef("feed_id")))


def _frozen(post: Post) -> dict[str, str]:
    names = ("text", "lang", "link", "poster", "alt", "key")
    return {name: getattr(post, name) for name in names}


def claim_of(post: Post, feed: Feed, **more: Any) -> Claim:
    """Return what is known of `post` to whoever has it."""
    return Claim(
        post_id=post.pk,
        feed_id=feed.pk,
        service=feed.service,
        sender=post.sender,
        attempt=post.attempts,
        lease_until_ms=post.lease_until_ms,
        expires_ms=post.expires_ms,
        text=post.text,
        lang=post.lang,
        key=post.key,
        link=post.link,
        poster=post.poster,
        alt=post.alt,
        story=post.story,
        dry_run=post.dry_run,
        kind=post.kind,
        milestone_id=post.milestone_id,
        **more,
    )
