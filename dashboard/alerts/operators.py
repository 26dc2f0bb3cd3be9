"""Alarms for operators: raised and cleared once each, in words, to the feeds that are theirs."""

import logging
from collections.abc import Callable
from functools import partial

from dashboard.alerts import alarm_words, conditions
from dashboard.core.operator_alarms import FEED, Alarm, Patience, Sight
from dashboard.store import alarms
from dashboard.store.alarms import Raised
from dashboard.store.outbox import NewPost
from dashboard.store.tables import Post

log = logging.getLogger(__name__)


class Watch:
    """Look after look, by whoever leads; `see` returns what holds at a time (real, ms)."""

    def __init__(self, see: Callable[[int], Sight] = conditions.look) -> None:
        self._see = see
        self._patience = Patience()

    def look(self, now_ms: int) -> None:
        """Raise and clear what is due at `now_ms`. Raises `django.db.Error`: look again then.

        What stands is read from the database each time, so that another watch, before this one or
        beside it, has told nothing in vain.
        """
        sight = self._see(now_ms)
        standing = {one.about: one for one in alarms.standing()}
        for about in self._patience.due(sight, standing.keys(), now_ms):
            if about in standing:
                _clear(standing[about], now_ms)
            else:
                _raise(about, sight.held[about], now_ms)


def _raise(about: Alarm, detail: str, now_ms: int) -> None:
    if alarms.raise_once(about, detail, now_ms, partial(_posts, Post.ALARM, now_ms)):
        log.error("alarm key=%s campaign=%s detail=%s", about.key, about.campaign_id, detail)


def _clear(raised: Raised, now_ms: int) -> None:
    if alarms.clear_once(raised, now_ms, partial(_posts, Post.ALL_CLEAR, now_ms)):
        lasted_s, about = (now_ms - raised.raised_ms) // 1000, raised.about
        log.info("all clear key=%s campaign=%s after_s=%s", about.key, about.campaign_id, lasted_s)


def _posts(kind: str, now_ms: int, raised: Raised) -> list[NewPost]:
    """Return a post for each feed of operators; a feed is not told of its own refusals."""
    about = raised.about
    return [
        NewPost(
            feed_id=feed.id,
            campaign_id=about.campaign_id,
            occasion=f"{kind}:{raised.id}",
            kind=kind,
            text=_text(raised, kind, feed.lang, now_ms),
            lang=feed.lang,
            expires_ms=now_ms + feed.expires_s * 1000,
            approved=True,
        )
        for feed in alarms.readers(about.campaign_id)
        if about.key != f"{FEED}:{feed.id}"
    ]


def _text(raised: Raised, kind: str, lang: str, now_ms: int) -> str:
    if kind == Post.ALL_CLEAR:
        return alarm_words.all_clear(raised, (now_ms - raised.raised_ms) // 1000, lang)
    return alarm_words.alarm(raised, lang)
