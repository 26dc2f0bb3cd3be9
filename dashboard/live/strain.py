"""What a server process does under load: it watches its event loop, and sends viewers away.

Who watches as one of the public has the cached snapshot to fall back to: the socket closes with
4429, and the page asks for the socket again after 30 s.
"""

import asyncio
from typing import Protocol

from dashboard.core.degrade import PUBLIC
from dashboard.pulse.in_force import InForce

FOLLOW_S = 1.0
WAKE_S = 0.5


class Turnable(Protocol):
    """A socket that can be closed with 4429."""

    async def turn_away(self) -> None:
        """Close."""


async def watch_loop(load: InForce) -> None:
    """Take the measure of how late this event loop wakes up."""
    loop = asyncio.get_running_loop()
    due_s = loop.time() + WAKE_S
    await asyncio.sleep(WAKE_S)
    load.woke(max(0.0, loop.time() - due_s))


async def follow(load: InForce, public: set[Turnable]) -> None:
    """Take in the level that the pulse tells, and send the public away where it asks for that."""
    degrade = await asyncio.to_thread(load.fresh)
    if degrade.level >= PUBLIC:
        # Together: one that does not read, or has just gone, delays nobody else's way.
        leaving = (one.turn_away() for one in list(public))
        await asyncio.gather(*leaving, return_exceptions=True)
