"""What came of a claim, marked by whoever had it; and what nobody marks any more: dead, expired."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from dashboard.core import posting
from dashboard.core.posting import Mark
from dashboard.store import coalescing
from dashboard.store.claims import Claim
from dashboard.store.deadlocks import tried_again
from dashboard.store.post_notes import note
from dashboard.store.tables import Feed, Post

# It counts for the gap and the cap of its feed, whether it is there or not.
_SEEN = {posting.SENT, posting.UNKNOWN}
_UNWELL = {"refused", "later", posting.UNKNOWN, posting.NOT_LOOKED}


def mark(claim: Claim, found: Mark, now_ms: int, request: Any = None) -> bool:
    """Mark what came of `claim`; False, and nothing done, where it is somebody else's meanwhile.

    One whose lease ran out, so that it counts as unknown, is marked all the same: who had it knows.
    What a person decided stands, unless it is known to be there.
    `request` is what a dry run would have sent.
    """
    return tried_again(lambda: _mark(claim, found, now_ms, request))


def give_up_dead(now_ms: int) -> int:
    """Have posts whose sender is taken for dead be unknown; return how many."""
    over = Q(lease_until_ms__lte=now_ms) | Q(
        lease_until_ms__gt=now_ms + posting.LEASE_MS + posting.NONSENSE_MS
    )
    found = posting.unknown("whoever sent it died over it", now_ms)
    dead = Post.objects.filter(over, state=Post.SENDING)
    return sum(tried_again(partial(_give_up, post, found, now_ms)) for post in dead)


def expire(now_ms: int) -> int:
    """Have what was not sent in time be expired; return how many."""
    waiting = Post.objects.filter(state__in=(Post.PROPOSED, Post.APPROVED))
    late = waiting.filter(expires_ms__lte=now_ms)
    return sum(tried_again(partial(_expire, post, now_ms)) for post in late)


@transaction.atomic
def _mark(claim: Claim, found: Mark, now_ms: int, request: Any) -> bool:
    post = Post.objects.select_for_update(no_key=True).filter(pk=claim.post_id).first()
    if post is None or not _is_its(post, claim, found):
        return False
    Post.objects.filter(pk=post.pk).update(**_changes(found, now_ms, request))
    coalescing.follow(post, found.state, now_ms)
    said = found.remote_url or found.remote_id
    note(post, found.action, found.state, now_ms, error=found.error, remote=said)
    _tell_feed(claim.feed_id, found, now_ms)
    return True


def _is_its(post: Post, claim: Claim, found: Mark) -> bool:
    if (post.sender, post.attempts) != (claim.sender, claim.attempt):
        return False
    if found.state == Post.SENT:
        return post.state != Post.SENT
    return post.state == Post.SENDING or (post.state == Post.UNKNOWN and post.not_before_ms > 0)


def _changes(found: Mark, now_ms: int, request: Any) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "state": found.state,
        "not_before_ms": found.not_before_ms,
        "lease_until_ms": 0,
    }
    if found.action in _SEEN:
        changes["sent_ms"] = now_ms
    if found.state == Post.SENT:
        changes |= {"remote_id": found.remote_id, "remote_url": found.remote_url}
    if found.error or found.state == Post.SENT:
        changes["error"] = found.error
    if request is not None:
        changes["request"] = request
    return changes


def _tell_feed(feed_id: int, found: Mark, now_ms: int) -> None:
    """Keep how the feed fares: errors since the last success, and until when to leave it alone."""
    feed = Feed.objects.filter(pk=feed_id)
    if found.state == Post.SENT:
        feed.update(last_sent_ms=now_ms, failures=0, last_error="")
    elif found.action in _UNWELL:
        feed.update(failures=F("failures") + 1, last_error=found.error)
    if found.feed_wait_ms:
        feed.filter(not_before_ms__lt=found.feed_wait_ms).update(not_before_ms=found.feed_wait_ms)


@transaction.atomic
def _give_up(post: Post, found: Mark, now_ms: int) -> int:
    same = Post.objects.filter(pk=post.pk, state=Post.SENDING, attempts=post.attempts)
    given_up = same.filter(lease_until_ms=post.lease_until_ms).update(
        **_changes(found, now_ms, None)
    )
    if given_up:
        coalescing.follow(post, found.state, now_ms)
        note(post, found.action, found.state, now_ms, error=found.error)
        _tell_feed(post.feed_id, found, now_ms)
    return given_up


@transaction.atomic
def _expire(post: Post, now_ms: int) -> int:
    same = Post.objects.filter(pk=post.pk, state=post.state, expires_ms=post.expires_ms)
    expired = same.update(state=Post.EXPIRED)
    if expired:
        note(post, Post.EXPIRED, Post.EXPIRED, now_ms)
    return expired
