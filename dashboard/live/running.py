"""The hub that runs in this event loop: made with the first socket, then for good."""

import asyncio
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from channels.layers import get_channel_layer
from django.conf import settings

from dashboard.alerts import desk
from dashboard.live import feed
from dashboard.live.hub import Hub
from dashboard.live.posts import Posts, ReadPosts
from dashboard.live.shared_reads import SharedReads
from dashboard.live.snapshots import Read, Snapshots
from dashboard.live.strain import FOLLOW_S, Turnable, follow, watch_loop
from dashboard.live.viewers import Viewers
from dashboard.pulse import publish
from dashboard.pulse.in_force import InForce, in_force
from dashboard.store import campaigns, posts
from dashboard.store.connect import impatient
from dashboard.store.tables import Campaign

# Sockets look their campaign up when they open and once a minute: thousands share one read.
CAMPAIGN_FRESH_S = 1.0

_running: WeakKeyDictionary[asyncio.AbstractEventLoop, "Live"] = WeakKeyDictionary()


class Live:
    """A hub, what stands beside it for all sockets, and the tasks that feed it."""

    def __init__(
        self,
        layer: Any,
        read_frames: feed.ReadFrames,
        read_snapshot: Read,
        load: InForce = in_force,
        read_posts: ReadPosts = desk.document,
    ) -> None:
        self.hub = Hub()
        self.snapshots = Snapshots(read_snapshot)
        self.campaigns = SharedReads(_campaign, CAMPAIGN_FRESH_S)
        self.posts = Posts(read_posts, posts.sign)
        self.viewers = _viewers()
        self.load, self.public = load, set[Turnable]()
        steps = (
            feed.forever(feed.listen, feed.RETRY_S, self.hub, layer),
            feed.forever(feed.refresh, feed.REFRESH_S, self.hub, read_frames),
            feed.forever(feed.beat, feed.BEAT_S, self.hub),
            feed.forever(watch_loop, 0, load),
            feed.forever(follow, FOLLOW_S, load, self.public),
        )
        self._tasks = [asyncio.create_task(step) for step in steps]

    async def stop(self) -> None:
        """End the tasks; for tests, a server just ends."""
        self.posts.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def running() -> Live | None:
    """Return this event loop's hub and what belongs to it; None while no socket came yet."""
    return _running.get(asyncio.get_running_loop())


def live() -> Live:
    """Return this event loop's hub and what belongs to it, made where there is none."""
    loop = asyncio.get_running_loop()
    if loop not in _running:
        _running[loop] = Live(get_channel_layer(), _read_frames, _read_snapshot)
    return _running[loop]


def _campaign(slug: str) -> Campaign | None:
    return campaigns.by_slug(slug)


def _viewers() -> Viewers:
    return Viewers(
        settings.VIEWERS,
        for_kiosks=settings.VIEWERS_FOR_KIOSKS,
        for_staff=settings.VIEWERS_FOR_STAFF,
        an_address=settings.VIEWERS_PER_ADDRESS,
        a_user=settings.VIEWERS_PER_USER,
    )


def _read_frames(watched: Mapping[str, int]) -> list[bytes]:
    found = (publish.newest_frame(impatient(), campaign_id) for campaign_id in watched.values())
    return [text for text in found if text]


def _read_snapshot(campaign_id: int) -> bytes | None:
    return publish.newest_snapshot(impatient(), campaign_id)
