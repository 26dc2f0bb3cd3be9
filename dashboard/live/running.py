"""The hub that runs in this event loop: made with the first socket, then for good."""

import asyncio
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from channels.layers import get_channel_layer

from dashboard.live import feed
from dashboard.live.hub import Hub
from dashboard.live.snapshots import Read, Snapshots
from dashboard.pulse import publish
from dashboard.store.connect import shared

_running: WeakKeyDictionary[asyncio.AbstractEventLoop, "Live"] = WeakKeyDictionary()


class Live:
    """A hub, the snapshots beside it, and the tasks that feed it."""

    def __init__(self, layer: Any, read_frames: feed.ReadFrames, read_snapshot: Read) -> None:
        self.hub = Hub()
        self.snapshots = Snapshots(read_snapshot)
        steps = (
            feed.forever(feed.listen, feed.RETRY_S, self.hub, layer),
            feed.forever(feed.refresh, feed.REFRESH_S, self.hub, read_frames),
            feed.forever(feed.beat, feed.BEAT_S, self.hub),
        )
        self._tasks = [asyncio.create_task(step) for step in steps]

    async def stop(self) -> None:
        """End the tasks; for tests, a server just ends."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def live() -> Live:
    """Return this event loop's hub and what belongs to it."""
    loop = asyncio.get_running_loop()
    if loop not in _running:
        _running[loop] = Live(get_channel_layer(), _read_frames, _read_snapshot)
    return _running[loop]


def _read_frames(watched: Mapping[str, int]) -> list[bytes]:
    found = (publish.newest_frame(shared(), campaign_id) for campaign_id in watched.values())
    return [text for text in found if text]


def _read_snapshot(campaign_id: int) -> bytes | None:
    return publish.newest_snapshot(shared(), campaign_id)
