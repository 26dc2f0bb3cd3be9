"""Trial posts: words that tell no figure, to see whether a feed's account works."""

import secrets

from dashboard.core.events import from_ms
from dashboard.store import outbox
from dashboard.store.decisions import Decision
from dashboard.store.outbox import NewPost
from dashboard.store.tables import Feed, Post

_WORDS = {
    "en": "Trial post of the GMV board, {time} UTC. It tells no figure.",
    "zh-hans": "GMV 大屏测试消息，{time} UTC，不含任何数据。",
}


def propose(feed: Feed, by: Decision, approved: bool = False) -> str:
    """Put a trial post into the outbox, for a person to approve unless `approved`; return its text.

    Who asked for it is written down.

    The time in it keeps services that refuse the same text twice from refusing it.
    """
    text = _WORDS[feed.lang].format(time=f"{from_ms(by.at_ms):%Y-%m-%d %H:%M:%S}")
    post = NewPost(
        feed_id=feed.pk,
        campaign_id=feed.campaign_id,
        occasion=f"trial:{secrets.token_hex(8)}",
        kind=Post.TRIAL,
        text=text,
        lang=feed.lang,
        expires_ms=by.at_ms + feed.expires_s * 1000,
        approved=approved,
    )
    outbox.propose_by(post, by)
    return text
