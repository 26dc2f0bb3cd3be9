"""The outbox as staff look at it: what waits, what went out, its feeds, and who did what."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from dashboard.store import desk
from dashboard.store.tables import (
    Feed,
    Milestone,
    MilestoneNote,
    OperatorAlarm,
    Post,
    PostNote,
)

# What is over is told of the last posts alone; admin has the rest.
MOST_OVER = 60
# What waits is told of at most so many; a rule gone wrong must not choke the page.
_MOST_WAITING = 200
_MOST_NEWS = 10
_WAITING = (Post.PROPOSED, Post.APPROVED, Post.SENDING)


class Outbox(msgspec.Struct, frozen=True):
    """Rows of one moment. `posts` the oldest first; `left` are those unknown and left at that."""

    feeds: Sequence[Feed]
    posts: Sequence[Post]
    left: frozenset[int]
    notes: dict[int, list[PostNote]]
    stops: Sequence[PostNote]
    milestones: Sequence[Milestone]
    alarms: Sequence[OperatorAlarm]


def of(campaign_id: int) -> "QuerySet[Post]":
    """Return the posts to a campaign's feeds, and its own and the whole board's to others'."""
    ours = Q(campaign_id=campaign_id) | Q(campaign__isnull=True)
    to_all = Q(feed__campaign__isnull=True)
    return Post.objects.filter(Q(feed__campaign_id=campaign_id) | (to_all & ours))


def feeds(campaign_id: int) -> "QuerySet[Feed]":
    """Return a campaign's feeds, and the operators', which are of no campaign."""
    ours = Q(campaign_id=campaign_id) | Q(campaign__isnull=True)
    return Feed.objects.filter(ours).order_by("campaign_id", "name")


def read(campaign_id: int) -> Outbox:
    """Return what staff of a campaign see of the outbox."""
    posts = _posts(campaign_id)
    ids = [post.pk for post in posts]
    ours = Q(campaign_id=campaign_id) | Q(campaign__isnull=True)
    notes: dict[int, list[PostNote]] = defaultdict(list)
    for note in PostNote.objects.filter(post_id__in=ids):
        notes[note.post_id or 0].append(note)
    fell = Milestone.objects.filter(campaign_id=campaign_id, fired_ms__isnull=False)
    fell = fell.select_related("campaign")
    return Outbox(
        feeds=list(feeds(campaign_id)),
        posts=posts,
        left=frozenset(post.pk for post in posts if _is_left(post, notes[post.pk])),
        notes=notes,
        stops=_stops(),
        milestones=list(fell.order_by("-fired_ms")[:_MOST_NEWS]),
        alarms=list(OperatorAlarm.objects.filter(ours).order_by("-raised_ms")[:_MOST_NEWS]),
    )


def sign() -> tuple[int | None, ...]:
    """Return what is another one after nearly every change that `read` would tell of: four numbers.

    Whoever moves a post, a feed or a switch writes a note of it. It costs a tenth of reading.
    """
    newest = [Post.objects, PostNote.objects, MilestoneNote.objects, OperatorAlarm.objects]
    over = OperatorAlarm.objects.aggregate(last=Max("cleared_ms"))["last"]
    return (*(rows.aggregate(last=Max("pk"))["last"] for rows in newest), over)


def waiting(campaign_id: int, now_ms: int) -> int:
    """Return how many posts wait for a person: proposed, refused in time, or nobody knows of."""
    left = Exists(PostNote.objects.filter(post=OuterRef("pk"), action=desk.LEFT))
    failed = Q(state=Post.FAILED, expires_ms__gt=now_ms)
    undecided = Q(state=Post.PROPOSED) | failed | (Q(state=Post.UNKNOWN) & ~left)
    return of(campaign_id).filter(undecided).count()


def _posts(campaign_id: int) -> list[Post]:
    ours = of(campaign_id).select_related("milestone__campaign").defer("story", "request")
    needed = Q(state__in=(*_WAITING, Post.UNKNOWN, Post.FAILED))
    some = list(ours.filter(needed).order_by("-pk")[:_MOST_WAITING])
    some += ours.exclude(needed).order_by("-pk")[:MOST_OVER]
    return sorted(some, key=lambda post: post.pk)


def _is_left(post: Post, notes: list[PostNote]) -> bool:
    return post.state == Post.UNKNOWN and any(note.action == desk.LEFT for note in notes)


def _stops() -> list[PostNote]:
    """Return the last notes of the switch that stops all, the newest first."""
    return list(PostNote.objects.filter(post=None, feed=None).order_by("-pk")[:5])
