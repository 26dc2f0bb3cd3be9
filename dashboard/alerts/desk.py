"""The staff page of posts in one document: what waits and why, what went out, and by whom.

It is whole each time and never a difference, so that a page that missed one is right by the next.
Instants are real, in ms since 1970 UTC; amounts minor units.
"""

from typing import Any

import msgspec

from dashboard.alerts import alarm_words
from dashboard.alerts.feeds import services
from dashboard.alerts.news import limit_of
from dashboard.alerts.titles import Goal, made_title, title_of
from dashboard.core.events import rfc3339
from dashboard.core.figures import Money
from dashboard.core.lengths import length
from dashboard.core.money import EXPONENTS
from dashboard.core.operator_alarms import Alarm
from dashboard.core.scales import Lang
from dashboard.core.story import Story
from dashboard.store import posts, stop_all
from dashboard.store.alarms import Raised
from dashboard.store.posts import Outbox
from dashboard.store.tables import Feed, Milestone, OperatorAlarm, Post, PostNote

# Of a post, the last of what was done to it.
_MOST_NOTES = 8
_LANGS: tuple[Lang, ...] = ("en", "zh-hans")


def document(campaign_id: int) -> bytes:
    """Return the document (JSON) of a campaign; who is shown it says when."""
    found = posts.read(campaign_id)
    feeds = {feed.pk: feed for feed in found.feeds}
    return msgspec.json.encode(
        {
            "kind": "posts",
            "v": 1,
            "stopped": stop_all.is_stopped(),
            "stops": [_note(note) for note in found.stops],
            "feeds": [_feed(feed) for feed in found.feeds],
            "posts": [_post(post, feeds[post.feed_id], found) for post in found.posts],
            "milestones": [_milestone(one) for one in found.milestones],
            "alarms": [_alarm(one) for one in found.alarms],
        }
    )


def stamped(document: bytes | None, now_ms: int) -> str:
    """Return a document with the time at which it is told; without one, the time alone."""
    told = f'{{"sent_at":"{rfc3339(now_ms)}"'
    return f"{told},{document[1:].decode()}" if document else f'{told},"kind":"beat"}}'


def _feed(feed: Feed) -> dict[str, Any]:
    service, most = services().get(feed.service), limit_of(feed)
    names = (
        *("name", "service", "audience", "lang", "dry_run", "stopped", "approval", "holding_s"),
        *("cap_an_hour", "gap_s", "failures", "last_error", "last_sent_ms", "not_before_ms"),
    )
    return {
        "id": feed.pk,
        **{name: getattr(feed, name) for name in names},
        "title": service.title if service else feed.service,
        "most": most.most,
        "pictures": bool(service and service.pictures),
    }


def _post(post: Post, feed: Feed, found: Outbox) -> dict[str, Any]:
    names = (
        *("kind", "state", "text", "lang", "poster", "alt", "link", "created_ms", "not_before_ms"),
        *("expires_ms", "attempts", "dry_run", "sent_ms", "remote_id", "remote_url", "error"),
    )
    return {
        "id": post.pk,
        "feed": post.feed_id,
        "goal": _milestone(post.milestone) if post.milestone else None,
        "corrects": post.corrects_id,
        "occasion": post.occasion,
        **{name: getattr(post, name) for name in names},
        "used": length(post.text, limit_of(feed).count),
        "left": post.pk in found.left,
        "notes": [_note(note) for note in found.notes[post.pk][-_MOST_NOTES:]],
    }


def _note(note: PostNote) -> dict[str, Any]:
    told = {"by": note.by, "action": note.action, "at_ms": note.at_ms}
    if "text" in note.before:
        told["was"] = note.before["text"]
    for name in ("reason", "error"):
        if name in note.after:
            told[name] = note.after[name]
    return told


def _milestone(one: Milestone) -> dict[str, Any]:
    names = ("key", "kind", "fired_ms", "crossed_ms", "late")
    titles = {lang: _title(one, lang) for lang in _LANGS}
    return {"id": one.pk, **{name: getattr(one, name) for name in names}, "title": titles}


def _title(one: Milestone, lang: Lang) -> str:
    if one.facts is not None:
        return title_of(msgspec.convert(one.facts, Story), lang)
    own = one.label if lang == "en" else one.label_zh or one.label
    currency = one.campaign.currency
    money = Money(currency, EXPONENTS[currency])
    return own or made_title(Goal(kind=one.kind, amount=one.amount, money=money, of=one.of), lang)


def _alarm(one: OperatorAlarm) -> dict[str, Any]:
    names = ("key", "raised_ms", "cleared_ms")
    raised = Raised(
        id=one.pk,
        about=Alarm(one.key, one.campaign_id),
        campaign="",
        detail=one.detail,
        raised_ms=one.raised_ms,
    )
    said = {lang: alarm_words.what(raised, lang) for lang in _LANGS}
    return {"id": one.pk, **{name: getattr(one, name) for name in names}, "said": said}
