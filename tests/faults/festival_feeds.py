"""The feeds of a festival: they fail as the dice fall, and what they are made to post is judged."""

import threading
from typing import TYPE_CHECKING, Any

import msgspec

from dashboard.alerts.service import Service
from dashboard.alerts.web import Answer, Web
from dashboard.store import stop_all
from dashboard.store.tables import Campaign, Feed, Post
from tests.alerts.fake_feed import ENDINGS, FakeFeed

if TYPE_CHECKING:
    from tests.faults.festivals import Festival

LATE_MS = 30_000


class Feeds:
    """Two feeds of a festival: one that keeps keys, late, and one without keys."""

    def __init__(self, one: "Festival", campaign: Campaign) -> None:
        self.made: list[tuple[int, int, str, int | None]] = []
        self.false = self.while_stopped = 0
        self.never = threading.Event()
        self._festival, chance = one, one.chance
        self._webs = {name: _Feed(self, one, keys=name == "keys") for name in ("keys", "plain")}
        self.services: dict[str, Service] = {
            name: msgspec.structs.replace(web.service(chance.random() < 0.7), name=name)
            for name, web in self._webs.items()
        }
        self.rows = [
            Feed.objects.create(
                campaign=campaign,
                name=name,
                service=name,
                dry_run=False,
                approval=chance.choice((Feed.AUTO, Feed.AUTO, Feed.ASK)),
                holding_s=chance.choice((0, 0, 5)),
                gap_s=chance.choice((0, 60)),
                cap_an_hour=100,
                expires_s=1_000_000,
            )
            for name in self._webs
        ]

    def web(self, service: Service) -> Web:
        """Return the feed of a service."""
        return self._webs[service.name]

    def has(self, key: str) -> bool:
        """Return whether a post is there, whatever its feed says."""
        return any(key == one for web in self._webs.values() for _, one, _ in web.posts)

    def judge(self, key: str) -> None:
        """Take note of a post that was made, and of what is wrong with it."""
        post = Post.objects.get(key=key)
        what = (post.feed_id, post.milestone_id or 0, post.kind, post.corrects_id)
        self.made.append(what if post.kind == Post.NEWS else (*what[:2], post.occasion, None))
        self.false += not self._festival.recount.says(post)
        feed = Feed.objects.get(pk=post.feed_id)
        self.while_stopped += feed.stopped or stop_all.is_stopped()


class _Feed(FakeFeed):
    """A feed whose requests end as the dice fall."""

    def __init__(self, feeds: Feeds, one: "Festival", *, keys: bool) -> None:
        super().__init__(lambda: one.now_ms, keys=keys, late_ms=LATE_MS)
        self._feeds, self._festival = feeds, one

    def publish(self, method: str, url: str, **request: Any) -> Answer:
        one = self._festival
        if not one.calm and one.chance.random() < 0.5:
            self.endings = [one.chance.choice(ENDINGS)]
            one.faults[self.endings[0]] += 1
        before = len(self.posts)
        try:
            return super().publish(method, url, **request)
        finally:
            if len(self.posts) > before:
                self._feeds.judge(self.posts[-1][1])
