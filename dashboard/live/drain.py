"""Seeing sockets off before their server ends: told to come back, each at a time of its own (H23).

A deploy under thousands of walls must not bring them all back in the same second: each is given
seconds at random in which to open another socket, and the server ends when all have gone.
"""

import asyncio
import random
import time
from datetime import UTC, datetime

import msgspec

from dashboard.live.running import Live, running
from dashboard.live.stamped import Stamp, Stamped
from dashboard.live.wire import text_frame
from gmvboard.draining import LONGEST_S, draining

SPREAD_S = 15.0
_LOOK_S = 0.1


async def drain(chance: random.Random | None = None) -> None:
    """Tell this loop's sockets to come back, and wait until they have gone, 20 s at the most."""
    one = running()
    if one is None or not one.hub.slots():
        return
    draining.set()
    _see_off(one, chance or random.Random())
    until = time.monotonic() + LONGEST_S
    while one.hub.slots() and time.monotonic() < until:
        await asyncio.sleep(_LOOK_S)


def _see_off(one: Live, chance: random.Random) -> None:
    for slot in one.hub.slots():
        slot.part(farewell(slot.campaign, chance.uniform(0, SPREAD_S)))


def farewell(campaign: str, after_s: float) -> Stamped:
    """Return the message that asks a client to open another socket in `after_s` seconds."""
    told = {"kind": "reconnect", "v": 1, "campaign": campaign, "reconnect_in": round(after_s, 1)}
    text = msgspec.json.encode(told)
    now = datetime.now(UTC)
    return Stamped(campaign, Stamp(), now, text.decode(), text_frame(text))
