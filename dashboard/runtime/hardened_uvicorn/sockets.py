"""A websocket of Uvicorn's with a short way out, and an end for clients that do not read."""

import asyncio
import logging
import socket
import time
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from dashboard.live.slot import LINE
from dashboard.runtime.connections import Connections
from dashboard.runtime.hardened_uvicorn.cut import cut
from dashboard.runtime.limits import KERNEL_BYTES, ROOM_BYTES
from dashboard.runtime.pongs import Pongs
from dashboard.runtime.reading import PING, Reading

log = logging.getLogger(__name__)


class Socket(WebSocketsSansIOProtocol):
    """A websocket that skips what its client has no room for, and is cut where it never has."""

    def __init__(self, *, counted: Connections, **given: Any) -> None:
        super().__init__(**given)
        self._counted = counted
        self._reading, self._pongs = Reading(time.monotonic()), Pongs()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep little in the kernel too: what lies there is old by the time it is read."""
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=ROOM_BYTES)
        kernel = self.transport.get_extra_info("socket")
        kernel.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the client is gone."""
        self._counted.leave(self.client[0] if self.client else "")
        super().connection_lost(exc)

    async def run_asgi(self) -> None:
        """Give the application the socket's line."""
        extensions: dict[str, Any] = {LINE: self}
        self.scope["extensions"] = extensions
        await super().run_asgi()

    def push(self, wire: bytes) -> bool:
        """Write a whole frame past Uvicorn; False, nothing written, where much is unread."""
        transport = self.transport
        if self.close_sent or transport.is_closing():
            return False
        if transport.get_write_buffer_size() > ROOM_BYTES:
            return False
        transport.write(wire)
        return True

    def data_received(self, data: bytes) -> None:
        """Take what the client sends; the answer to a ping needs no parsing."""
        if self.handshake_complete and self._pongs.take(data):
            self._reading.answered()
        else:
            super().data_received(data)

    def handle_pong(self, event: Frame) -> None:
        """Take a sign of life that came together with other messages."""
        self._reading.answered()

    def look(self, now: float) -> None:
        """Cut a client that reads nothing or gives no sign; the server looks every 2 s."""
        if not self.handshake_complete:  # a ping before the answer would spoil it
            return
        unread = self.transport.get_write_buffer_size()
        verdict = self._reading.look(unread, now)
        if verdict == "ask":
            self.push(PING)
        elif verdict != "well":
            log.info("cut a client that %s unread_bytes=%s", verdict, unread)
            cut(self.transport)
