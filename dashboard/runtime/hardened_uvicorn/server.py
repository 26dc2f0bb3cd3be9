"""Uvicorn's server, hardened."""

import asyncio
import logging
import math
import signal
import socket
import time
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import islice
from types import FrameType
from typing import Any

import uvicorn

from dashboard.runtime.connections import Connections
from dashboard.runtime.hardened_uvicorn.bounds import Bounds
from dashboard.runtime.hardened_uvicorn.requests import Http
from dashboard.runtime.hardened_uvicorn.sockets import Socket
from dashboard.runtime.limits import FINISH_S, IDLE_S, LOOKS, MAX_MESSAGE
from dashboard.runtime.succession import Succession

_LOOK_EVERY_S = 0.1  # as Uvicorn's main loop ticks


class BoardServer(uvicorn.Server):
    """Uvicorn on a socket that is already listening."""

    def __init__(
        self,
        application: Any,
        listening: socket.socket,
        connections: Connections,
        see_off: Callable[[], Awaitable[None]],
        succession: Succession | None = None,
    ) -> None:
        logging.getLogger("uvicorn").setLevel(logging.ERROR)  # it tells of each bad request
        config = uvicorn.Config(
            Bounds(application),
            http=partial(Http, counted=connections),  # type: ignore[arg-type]
            ws=partial(Socket, counted=connections),  # type: ignore[arg-type]
            interface="asgi3",
            loop="uvloop",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,  # gmvboard.proxies believes those that were named
            ws_max_size=MAX_MESSAGE,
            ws_ping_interval=None,  # our sockets have pings of their own
            ws_per_message_deflate=False,  # a frame is encoded once for all (S16)
            timeout_keep_alive=int(IDLE_S),
            timeout_graceful_shutdown=int(FINISH_S),
        )
        super().__init__(config)
        self._listening = listening
        self._looking: list[Any] = []
        self._part = 0
        self._see_off, self._signal = see_off, 0
        self._succession = succession or Succession()

    def serve_until_stopped(self) -> None:
        """Serve until SIGTERM."""
        self.run(sockets=[self._listening])

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop, and end well: Uvicorn would kill itself by the same signal once more."""
        self.should_exit, self._signal = True, sig

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve, and say so."""
        await super().startup(sockets)
        self._succession.serves()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """See the sockets off where it was SIGTERM, a deploy's; Ctrl-C ends at once.

        Where another server follows, new callers are its own from then on.
        """
        looking = asyncio.create_task(self._look_on())  # the main loop is over
        try:
            if self._signal == signal.SIGTERM:
                await self._leave()
        finally:
            looking.cancel()
        await super().shutdown(sockets)

    async def _leave(self) -> None:
        if await self._succession.followed():
            for server in self.servers:
                server.close()
        await self._see_off()

    async def _look_on(self) -> None:
        while True:
            self._look()
            await asyncio.sleep(_LOOK_EVERY_S)

    async def on_tick(self, counter: int) -> bool:
        """Look at a part of the connections, ten times a second: each comes up every 2 s."""
        self._look()
        return await super().on_tick(counter)

    def _look(self) -> None:
        connections = self.server_state.connections
        if not self._looking:
            self._looking = list(connections)
            self._part = math.ceil(len(self._looking) / LOOKS)
        now = time.monotonic()
        for protocol in islice(self._looking, self._part):
            if protocol in connections:
                protocol.look(now)
        del self._looking[: self._part]
