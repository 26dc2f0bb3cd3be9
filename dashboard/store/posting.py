"""How posting does: the feeds that refuse, and posts that nobody sends."""

import msgspec
from django.db.models import Q

from dashboard.store.desk import LEFT
from dashboard.store.tables import Feed, Post, StopSwitch

_HOUR_MS = 3_600_000


class Refusing(msgspec.Struct, frozen=True):
    """A feed that needs a person: its campaign (None: the operators'), its name, what it said."""

    feed_id: int
    campaign_id: int | None
    name: str
    error: str


def refusing(failures: int, now_ms: int) -> list[Refusing]:
    """Return the feeds that failed so often in a row, or have a post that waits for a person.

    A post that failed waits until it expires, one of unknown outcome until somebody decides, once
    nobody looks for it any more. A feed that was stopped is no trouble any more.
    """
    undecided = Q(state=Post.UNKNOWN, not_before_ms=0) & ~Q(notes__action=LEFT)
    waiting = Post.objects.filter(undecided | Q(state=Post.FAILED, expires_ms__gt=now_ms))
    rows = Feed.objects.filter(stopped=False).filter(
        Q(failures__gte=failures) | Q(pk__in=waiting.values("feed_id"))
    )
    found = rows.order_by("pk").values_list("pk", "campaign_id", "name", "last_error")
    return [Refusing(*row) for row in found]


def overdue(after_ms: int, now_ms: int) -> bool:
    """Return whether a post should have gone out over `after_ms` ago, and nobody has sent it.

    Not where its feed, or all, are stopped, or where the feed's gap or hourly cap may hold it.
    """
    if StopSwitch.objects.filter(stopped=True).exists():
        return False
    due_ms = now_ms - after_ms
    free = Q(feed__last_sent_ms__isnull=True) | Q(feed__last_sent_ms__lt=now_ms - _HOUR_MS)
    waits = Q(
        free,
        state=Post.APPROVED,
        not_before_ms__lt=due_ms,
        created_ms__lt=due_ms,
        feed__not_before_ms__lt=due_ms,
    )
    left = Q(state=Post.SENDING, lease_until_ms__lt=due_ms)
    posts = Post.objects.filter(feed__stopped=False, expires_ms__gt=now_ms)
    return posts.filter(waits | left).exists()
