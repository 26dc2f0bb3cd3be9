"""What keeps a hub fed: the channel layer, and a timer of its own that does not trust it.

The layer can stay silent without an error (hazard H2), so every 2 s the newest frame is read from
Redis whether or not the layer delivered. Nothing here ends on an error: a hub that stops is a wall
that freezes.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from prometheus_client import Gauge

from dashboard.live.hub import Hub
from dashboard.live.stamped import stamped
from dashboard.pulse.publish import GROUP, REVOKE

BEAT_S = 0.5
REFRESH_S = 2.0
REJOIN_S = 60.0
# The pulse publishes at least every 2 s: silence is a subscription that died, or nobody publishing.
SILENCE_S = 10.0
RETRY_S = 1.0
COMPLAIN_S = 60.0

LAG = Gauge("gmv_frame_lag_seconds", "From a frame's sending to its arrival here", ["campaign"])

# Takes campaigns (primary keys by slug), returns the newest frames of those that have one.
ReadFrames = Callable[[Mapping[str, int]], list[bytes]]
log = logging.getLogger(__name__)


async def listen(hub: Hub, layer: Any) -> None:
    """Join the group and offer the hub every frame, until the layer fails or is long silent."""
    channel = await layer.new_channel()
    try:
        with contextlib.suppress(TimeoutError):
            await _receive(hub, layer, channel)
    finally:
        with contextlib.suppress(Exception):  # a layer that is away has forgotten us already
            await layer.group_discard(GROUP, channel)


async def _receive(hub: Hub, layer: Any, channel: str) -> None:
    joined = float("-inf")
    while True:
        if time.monotonic() - joined >= REJOIN_S:
            await layer.group_add(GROUP, channel)
            joined = time.monotonic()
        async with asyncio.timeout(SILENCE_S):
            message = await layer.receive(channel)
        if message["type"] == REVOKE:
            hub.doubt()
            continue
        frame = stamped(message["frame"])
        if hub.offer(frame, time.monotonic()):
            LAG.labels(frame.campaign).set(time.time() - frame.sent_at.timestamp())


async def refresh(hub: Hub, read: ReadFrames) -> None:
    """Read the newest frames of what is watched, in a thread, and offer them to the hub."""
    if watched := hub.campaigns():
        for text in await asyncio.to_thread(read, watched):
            hub.offer(stamped(text.decode()), time.monotonic())


async def beat(hub: Hub) -> None:
    """Tell idle sockets the newest frame again."""
    hub.beat(time.monotonic())


async def forever(step: Callable[..., Awaitable[None]], pause_s: float, *arguments: Any) -> None:
    """Run `step` again and again, `pause_s` apart; where it fails, say so once a minute."""
    complained = float("-inf")
    while True:
        try:
            await step(*arguments)
        except Exception as error:
            if time.monotonic() - complained >= COMPLAIN_S:
                complained = time.monotonic()
                log.warning("hub step failed step=%s error=%r", step.__name__, error)
        await asyncio.sleep(pause_s)
