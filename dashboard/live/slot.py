"""The slot of one socket: room for one frame, so that who reads slowly skips and never queues."""

import asyncio

from dashboard.live.stamped import Stamped


class Slot:
    """Holds the newest frame not yet sent, and whether the client asked for a snapshot."""

    def __init__(self, campaign: str) -> None:
        self.campaign = campaign
        self._frame: Stamped | None = None
        self._asked = False
        self._filled = asyncio.Event()

    def offer(self, frame: Stamped) -> None:
        """Put a frame in, in the place of one not yet taken."""
        self._frame = frame
        self._filled.set()

    def ask(self) -> None:
        """Note that the client wants the snapshot; asking twice before it goes is asking once."""
        self._asked = True
        self._filled.set()

    async def take(self) -> tuple[bool, Stamped | None]:
        """Wait; return whether a snapshot was asked for, and the newest frame if there is one."""
        await self._filled.wait()
        self._filled.clear()
        asked, self._asked = self._asked, False
        frame, self._frame = self._frame, None
        return asked, frame
