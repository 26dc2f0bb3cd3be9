"""A websocket of Daphne's with a short way out, and an end for clients that do not read."""

import asyncio
import logging
import socket
import time
from typing import Any

from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol

from dashboard.runtime.hardened_daphne.wire import push, unread
from dashboard.runtime.limits import KERNEL_BYTES, MAX_MESSAGE, ROOM_BYTES
from dashboard.runtime.pongs import Pongs
from dashboard.runtime.reading import PING, Reading

log = logging.getLogger(__name__)

OPTIONS = {
    "allowNullOrigin": True,  # the consumers judge origins
    "openHandshakeTimeout": 5,
    "maxMessagePayloadSize": MAX_MESSAGE,
    "maxFramePayloadSize": MAX_MESSAGE,
    "failByDrop": False,  # whoever breaks a rule is told so by a close code
    "perMessageCompressionAccept": lambda _offers: None,  # a frame is encoded once for all (S16)
}
# A sender that waits for room looks again so often, in seconds.
LOOK_AGAIN_S = 0.05


class Socket(WebSocketProtocol):  # type: ignore[misc]
    """A websocket that skips what its client has no room for, and is cut where it never has.

    Its pings are its own: Autobahn's cost a timer each, and Daphne asks no client that talks.
    """

    reading: Reading
    maxMessagePayloadSize: int  # noqa: N815

    def onOpen(self) -> None:  # noqa: N802
        """Keep little in the kernel too: what lies there is old by the time it is read."""
        super().onOpen()
        self.reading, self._pongs = Reading(time.monotonic()), Pongs()
        self.transport.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)

    def connectionLost(self, reason: Any) -> None:  # noqa: N802
        """Note that the client is gone."""
        self.factory.server_class.http_factory.left(self)
        super().connectionLost(reason)

    def serverClose(self, code: int | None = None) -> None:  # noqa: N802
        """Close with any code: Autobahn's `sendClose` refuses 1008, 1011 and 1013."""
        if self.state == self.STATE_OPEN:
            self.sendCloseFrame(code=code or 1000)

    def unread(self) -> int:
        """Return how many bytes wait here for the client to read."""
        return unread(self.transport)

    def push(self, wire: bytes) -> bool:
        """Write a whole frame at once; False, and nothing written, where much is unread."""
        if self.state != self.STATE_OPEN or self.unread() > ROOM_BYTES:
            return False
        push(self.transport, wire)
        return True

    async def room(self) -> None:
        """Wait until the client has read what it was sent, so that it skips and does not queue."""
        while self.state == self.STATE_OPEN and self.unread() > ROOM_BYTES:
            await asyncio.sleep(LOOK_AGAIN_S)

    def sendMessage(self, *args: Any, **kwargs: Any) -> None:  # noqa: N802
        """Send a message of any size: Autobahn means its limit for both directions."""
        limit: int = self.maxMessagePayloadSize
        self.maxMessagePayloadSize = 0
        try:
            super().sendMessage(*args, **kwargs)
        finally:
            self.maxMessagePayloadSize = limit

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        """Take what the client sends; the answer to a ping needs no parsing."""
        if self.state == self.STATE_OPEN and self._pongs.take(data):
            self.reading.answered()
        else:
            super().dataReceived(data)

    def onPong(self, payload: bytes) -> None:  # noqa: N802
        """Take a sign of life that came together with other messages."""
        self.reading.answered()

    def check_timeouts(self) -> None:
        """Look at this socket; the server does so every 2 s."""
        super().check_timeouts()
        if self.state == self.STATE_OPEN:
            verdict = self.reading.look(self.unread(), time.monotonic())
            if verdict == "ask":
                self.push(PING)
            elif verdict != "well":
                log.info("cut a client that %s unread_bytes=%s", verdict, self.unread())
                self.transport.abortConnection()


class SocketFactory(WebSocketFactory):  # type: ignore[misc]
    """Makes a websocket's protocol."""

    protocol = Socket

    def __init__(self, server: Any) -> None:
        super().__init__(server, server="")
        self.setProtocolOptions(**OPTIONS)
