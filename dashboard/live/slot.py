"""The slot of one socket: room for one frame, so that who reads slowly skips and never queues."""

import asyncio
from typing import Protocol

from dashboard.live.stamped import Stamp, Stamped

# Where a server of ours puts a socket's line into its ASGI scope, under "extensions".
LINE = "gmvboard.line"


class Line(Protocol):
    """The short way to a client: bytes for the wire, past Channels and past any task."""

    def push(self, wire: bytes) -> bool:
        """Write a whole websocket frame now; False, nothing written, while much is unread."""


class Slot:
    """Sends the newest frame by the socket's line; without one, holds it until it is taken.

    A frame that the line has no room for is dropped: the next one, or the hub's beat, makes good.
    """

    def __init__(self, campaign: str, line: Line | None = None) -> None:
        self.campaign = campaign
        self._line = line
        self._frame: Stamped | None = None
        self._floor: Stamp | None = None
        self._begun = self._asked = self._doubted = False
        self._filled = asyncio.Event()

    def begin(self, floor: Stamp | None = None) -> None:
        """Let frames out, from `floor` on: the stamp of the snapshot that was just sent."""
        self._begun, self._floor = True, floor
        frame, self._frame = self._frame, None
        if frame is not None:
            self.offer(frame)

    def offer(self, frame: Stamped) -> None:
        """Send a frame, or put it in the place of one not yet taken."""
        if not self._begun:
            self._frame = frame
        elif self._floor is None or frame.stamp >= self._floor:
            if self._line is None:
                self._frame, self._floor = frame, None  # from here on the hub's order holds
                self._filled.set()
            elif self._line.push(frame.wire):
                self._floor = None

    def part(self, farewell: Stamped) -> None:
        """Send the last message, whatever was sent before."""
        if self._line is None:
            self._frame = farewell
            self._filled.set()
        else:
            self._line.push(farewell.wire)

    def ask(self) -> None:
        """Note that the client wants the snapshot; asking twice before it goes is asking once."""
        self._asked = True
        self._filled.set()

    def doubt(self) -> None:
        """Note that whoever watches may no longer be allowed to."""
        self._doubted = True
        self._filled.set()

    def settle(self) -> bool:
        """Return whether it was doubted since the last time it was asked."""
        doubted, self._doubted = self._doubted, False
        return doubted

    async def take(self) -> tuple[bool, Stamped | None]:
        """Wait; return whether a snapshot was asked for, and the frame to be sent if there is one.

        With a line there is never a frame to be sent.
        """
        await self._filled.wait()
        self._filled.clear()
        asked, self._asked = self._asked, False
        frame, self._frame = self._frame, None
        return asked, frame
