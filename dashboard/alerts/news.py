"""News for the outbox: what each feed is told of a milestone that fell, or that was corrected.

Called inside the transaction that fires it: nothing here asks a network, or of the database more
than the campaign, and no template, whatever staff wrote, keeps a milestone from falling.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from django.conf import settings

from dashboard.alerts.feeds import services
from dashboard.alerts.poster.content import alt
from dashboard.alerts.service import Service
from dashboard.alerts.wording import as_lang, correction, words
from dashboard.core.lengths import Limit, cut, fits, length
from dashboard.core.milestones import GROSS_KINDS
from dashboard.core.story import Story
from dashboard.store.outbox import NewPost
from dashboard.store.tables import Campaign, Feed, Milestone, Post

# Of several at once the highest amount is the news. The beginning, the end and the state of the
# site are told in any case, what is measured by something else gives way to an amount.
_ALWAYS = 1 << 62
_ALWAYS_TOLD = frozenset({"start", "close", "site"})
# A correction is of use for longer than news are.
_CORRECTED_WITHIN_S = 86_400
# Of a feed whose service is not installed: what it would be refused for is not its length.
_UNKNOWN_SERVICE = Limit(500)


def posts_for(
    milestone: Milestone, story: Story, feeds: Iterable[Feed], now_ms: int, link: str = ""
) -> list[NewPost]:
    """Return what is proposed to each feed of a milestone that fell; `now_ms` is real time.

    A feed posts by itself where the milestone's own rule or else the feed says so, after its
    holding time; what is told late, or names what only a source has named (S20), never goes out
    without a person. `link` is an address for services that want one; none: the wall's, where
    anybody may see it.
    """
    link = link or _wall(milestone)
    return [
        _post(
            feed,
            story,
            now_ms,
            kind=Post.NEWS,
            occasion=f"news:{milestone.pk}",
            text=_news(milestone, story, feed),
            approved=_by_itself(milestone, feed) and not story.late and _named(milestone, story),
            milestone_id=milestone.pk,
            link=link,
            rank=_rank(story),
        )
        for feed in feeds
    ]


def correction_for(
    milestone: Milestone, story: Story, told: Iterable[Post], note_id: int, now_ms: int
) -> list[NewPost]:
    """Return the corrections of what was posted, now that a milestone's record says `story`.

    `told` are its posts that are sent, or may be, with their feeds at hand. Each feed's last word
    is corrected, and linked to, where anything that it says has changed. A person approves it,
    whatever rule and feed say.
    """
    last = {post.feed_id: post for post in sorted(told, key=lambda post: post.pk)}
    texts = [(post, _correction(post, story)) for post in last.values()]
    return [
        _post(
            post.feed,
            story,
            now_ms,
            kind=Post.CORRECTION,
            occasion=f"correction:{milestone.pk}:{note_id}",
            text=text,
            approved=False,
            milestone_id=milestone.pk,
            corrects_id=post.pk,
            link=post.link,
            expires_s=_CORRECTED_WITHIN_S,
        )
        for post, text in texts
        if text
    ]


def still_true(told: Mapping[str, Any] | None, story: Story) -> bool:
    """Return whether a post made of the facts `told` says nothing that `story` does not."""
    return told is None or not correction(_story(told), story, "en")


def limit_of(feed: Feed) -> Limit:
    """Return how long a post to a feed may be."""
    service = _service(feed)
    return service.limit if service else _UNKNOWN_SERVICE


def in_words(feed: Feed, text: str, link: str = "") -> str:
    """Return a text cut to a feed's limit, a link behind it whole."""
    limit = limit_of(feed)
    if not link:
        return cut(text, limit)
    room = Limit(limit.most - length(f" {link}", limit.count), limit.count)
    whole = f"{cut(text, room)} {link}"
    return whole if room.most > 0 and fits(whole, limit) else cut(text, limit)


def _wall(milestone: Milestone) -> str:
    if not settings.BOARD_URL or milestone.campaign.visibility != Campaign.PUBLIC:
        return ""
    return f"{settings.BOARD_URL.rstrip('/')}/wall/{milestone.campaign.slug}/"


def _news(milestone: Milestone, story: Story, feed: Feed) -> str:
    lang = as_lang(feed.lang)
    own = milestone.words if lang == "en" else milestone.words_zh
    return in_words(feed, words(story, lang, own))


def _correction(post: Post, story: Story) -> str:
    if post.story is None:
        return ""
    text = correction(_story(post.story), story, as_lang(post.lang))
    return text and in_words(post.feed, text, post.remote_url)


def _post(feed: Feed, story: Story, now_ms: int, *, approved: bool, **said: Any) -> NewPost:
    service, lang = _service(feed), as_lang(feed.lang)
    news = said["kind"] == Post.NEWS  # a correction has no picture of what it corrects
    pictured = news and bool(feed.poster) and service is not None and service.pictures
    not_before_ms = now_ms + feed.holding_s * 1000 if approved else 0
    lasts_s = said.pop("expires_s", feed.expires_s)
    return NewPost(
        feed_id=feed.pk,
        campaign_id=feed.campaign_id,
        lang=lang,
        approved=approved,
        not_before_ms=not_before_ms,
        expires_ms=max(now_ms, not_before_ms) + lasts_s * 1000,
        poster=feed.poster if pictured else "",
        alt=alt(story, lang) if pictured else "",
        story=msgspec.to_builtins(story),
        **said,
    )


def _by_itself(milestone: Milestone, feed: Feed) -> bool:
    return (milestone.approval or feed.approval) == Feed.AUTO


def _named(milestone: Milestone, story: Story) -> bool:
    """Return whether staff named what it is about: a club's member is else called by its key."""
    return milestone.rule_id is None or story.kind != Milestone.SHARE or story.subject != story.of


def _rank(story: Story) -> int:
    if story.kind in _ALWAYS_TOLD:
        return _ALWAYS
    return story.amount if story.kind in GROSS_KINDS else 0


def _story(told: Mapping[str, Any]) -> Story:
    return msgspec.convert(told, Story)


def _service(feed: Feed) -> Service | None:
    return services().get(feed.service)
