"""Daphne's server, hardened."""

import asyncio
import logging
import math
import signal
import socket
import time
from collections.abc import Awaitable, Callable
from itertools import islice
from typing import Any

from daphne.server import Server
from twisted.internet import reactor
from twisted.internet.defer import Deferred
from twisted.logger import globalLogBeginner

from dashboard.live.slot import LINE
from dashboard.runtime.connections import Connections
from dashboard.runtime.hardened_daphne.channel import Factory
from dashboard.runtime.hardened_daphne.requests import Request
from dashboard.runtime.hardened_daphne.sockets import Socket, SocketFactory
from dashboard.runtime.limits import BODIES_BYTES, FINISH_S, LOOK_S, LOOKS, MAX_BODY
from dashboard.runtime.succession import Succession

log = logging.getLogger(__name__)

SERVICE_RESTART = 1012


class BoardServer(Server):  # type: ignore[misc]
    """Daphne on a socket that is already listening; after `socket_life_s`, if any, sockets end."""

    def __init__(
        self,
        application: Any,
        listening: socket.socket,
        connections: Connections,
        see_off: Callable[[], Awaitable[None]],
        succession: Succession | None = None,
        socket_life_s: int = 0,
    ) -> None:
        super().__init__(
            application,
            endpoints=["adopted"],
            http_timeout=30,
            websocket_timeout=socket_life_s or -1,
            websocket_connect_timeout=5,
            ping_interval=math.inf,  # our sockets have pings of their own
            server_name="",
            request_buffer_size=MAX_BODY + 1,  # a body is one message to the application, not 30
        )
        self.listening, self._counted = listening, connections
        self.room_bytes = BODIES_BYTES
        self._looking: list[Any] = []
        self._part = 0
        self._see_off, self._succession = see_off, succession or Succession()

    def run(self) -> None:
        """Serve until SIGTERM."""
        self.connections: dict[Any, dict[str, Any]] = {}
        self.http_factory = Factory(self, self._counted)
        self.ws_factory = SocketFactory(self)
        globalLogBeginner.beginLoggingTo(
            [lambda _event: None], redirectStandardIO=False, discardBuffer=True
        )
        reactor.callLater(1, self.application_checker)
        reactor.callLater(LOOK_S / LOOKS, self.timeout_checker)
        self._port = reactor.adoptStreamPort(
            self.listening.fileno(), self.listening.family, self.http_factory
        )
        asyncio.set_event_loop(reactor._asyncioEventloop)
        reactor.addSystemEventTrigger(
            "before", "shutdown", lambda: Deferred.fromFuture(asyncio.ensure_future(self.wind_up()))
        )
        reactor.callWhenRunning(self._succession.serves)
        reactor.run()

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """Start the application for a connection; a websocket is given its line."""
        if isinstance(protocol, Socket):
            scope["extensions"] = {LINE: protocol}
        return super().create_application(protocol, scope)

    async def handle_reply(self, protocol: Any, message: Any) -> None:
        """Hand a reply to the connection; return when a websocket has room for another."""
        await super().handle_reply(protocol, message)
        if isinstance(protocol, Socket) and message["type"] == "websocket.send":
            await protocol.room()

    def timeout_checker(self) -> None:
        """Look at a part of the connections: each comes up every 2 s, and pings are spread."""
        if not self._looking:
            self._looking = list(self.connections)
            self._part = math.ceil(len(self._looking) / LOOKS)
            self.http_factory.look(time.monotonic())
        for protocol in islice(self._looking, self._part):
            if protocol in self.connections:
                protocol.check_timeouts()
        del self._looking[: self._part]
        reactor.callLater(LOOK_S / LOOKS, self.timeout_checker)

    async def wind_up(self) -> None:
        """See the sockets off, let requests be answered, then cancel what is left.

        In place of Daphne's own, which fails on a request that is still coming in. Only SIGTERM,
        a deploy's, gives sockets their time; Ctrl-C ends at once. Where another server follows,
        callers are its own from then on; else they go on being answered.
        """
        if reactor._exitSignal == signal.SIGTERM:
            if await self._succession.followed():
                self._port.stopListening()
            await self._see_off()
        for protocol in self.connections:
            if isinstance(protocol, Socket) and protocol.state == protocol.STATE_OPEN:
                protocol.sendCloseFrame(code=SERVICE_RESTART)
        await self._until_over(self._running(Request))
        for application in self._running(object):
            application.cancel()
        await self._until_over(self._running(object))

    async def _until_over(self, applications: list[asyncio.Future[None]]) -> None:
        if applications:
            await asyncio.wait(applications, timeout=FINISH_S)

    def _running(self, kind: type) -> list[asyncio.Future[None]]:
        """Return what the application is doing for connections of this kind."""
        found = (
            details.get("application_instance")
            for protocol, details in self.connections.items()
            if isinstance(protocol, kind)
        )
        return [one for one in found if one is not None and not one.done()]
