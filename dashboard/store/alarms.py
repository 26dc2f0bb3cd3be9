"""Operators' alarms in the database: each is raised once and cleared once.

The alarm and its posts are one transaction: whoever was told of it is told of its end, and a
process that dies in between tells nobody twice.
"""

from collections.abc import Callable, Sequence

import msgspec
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from dashboard.core.operator_alarms import Alarm
from dashboard.store import outbox
from dashboard.store.outbox import NewPost
from dashboard.store.tables import Feed, OperatorAlarm

_DETAIL = 300


class Raised(msgspec.Struct, frozen=True, kw_only=True):
    """An alarm that was raised at `raised_ms` (real time); `campaign`: its slug, "" the board's."""

    id: int
    about: Alarm
    campaign: str
    detail: str
    raised_ms: int


class Reader(msgspec.Struct, frozen=True):
    """A feed of operators: its language, and for how long (s) a post of it is worth sending."""

    id: int
    lang: str
    expires_s: int


Posts = Callable[[Raised], Sequence[NewPost]]


def standing() -> list[Raised]:
    """Return the alarms that were raised and not cleared, oldest first."""
    rows = OperatorAlarm.objects.filter(cleared_ms__isnull=True).select_related("campaign")
    return [_raised(row) for row in rows.order_by("pk")]


def standing_for(campaign_id: int) -> list[Raised]:
    """Return those of them that concern a campaign: its own, and the board's."""
    return [one for one in standing() if one.about.campaign_id in (campaign_id, None)]


def _raised(row: OperatorAlarm) -> Raised:
    return Raised(
        id=row.pk,
        about=Alarm(row.key, row.campaign_id),
        campaign=row.campaign.slug if row.campaign else "",
        detail=row.detail,
        raised_ms=row.raised_ms,
    )


def readers(campaign_id: int | None) -> list[Reader]:
    """Return the operators' feeds to tell: a campaign's and the board's; of the board's alarms all.

    What is wrong with the whole board concerns every campaign's operators.
    """
    rows = Feed.objects.filter(audience=Feed.OPERATORS).order_by("pk")
    if campaign_id is not None:
        rows = rows.filter(Q(campaign_id=campaign_id) | Q(campaign__isnull=True))
    return [Reader(*row) for row in rows.values_list("pk", "lang", "expires_s")]


def raise_once(about: Alarm, detail: str, now_ms: int, posts: Posts) -> bool:
    """Raise an alarm and put its posts into the outbox; False where it stands already."""
    try:
        with transaction.atomic():
            row = OperatorAlarm.objects.create(
                campaign_id=about.campaign_id,
                key=about.key,
                detail=detail[:_DETAIL],
                raised_ms=now_ms,
            )
            outbox.propose(posts(_raised(row)), now_ms)
    except IntegrityError:
        if _open(about).exists():
            return False
        raise
    return True


def clear_once(alarm: Raised, now_ms: int, posts: Posts) -> bool:
    """Clear an alarm and put its all-clear into the outbox; False where it was cleared before."""
    with transaction.atomic():
        if not _open(alarm.about).filter(pk=alarm.id).update(cleared_ms=now_ms):
            return False
        outbox.propose(posts(alarm), now_ms)
    return True


def _open(about: Alarm) -> QuerySet[OperatorAlarm]:
    rows = OperatorAlarm.objects.filter(cleared_ms__isnull=True, key=about.key)
    if about.campaign_id is None:
        return rows.filter(campaign__isnull=True)
    return rows.filter(campaign_id=about.campaign_id)
