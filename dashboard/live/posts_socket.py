"""The socket of the staff page of posts: the whole state, and anew with each change of it."""

import asyncio
import logging
import time
from contextlib import suppress
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import DatabaseError

from dashboard.alerts.desk import stamped
from dashboard.live import consumers
from dashboard.live.access import Guest, permitted
from dashboard.live.consumers import (
    ACCESS_ENDED,
    BAD_MESSAGE,
    FAILED,
    SERVICE_RESTART,
    TOO_MANY,
    TRY_LATER,
)
from dashboard.live.inbound import Inbound
from dashboard.live.posts import BEAT_S, Looker
from dashboard.live.running import live
from dashboard.live.scope import Scope
from gmvboard.clock import now_ms
from gmvboard.draining import draining

PERMISSION = "dashboard.view_post"
log = logging.getLogger(__name__)


class PostsSocket(AsyncWebsocketConsumer):  # type: ignore[misc]  # channels has no types
    """Staff with the permission to look alone; asked again each minute, and when rights end (S12).

    Whoever may not look is refused before the socket opens, as where there is no such campaign.
    """

    channel_layer_alias = "none"

    def __init__(self) -> None:
        super().__init__()
        self._guest: Guest | None = None
        self._looker: Looker | None = None
        self._writer: asyncio.Task[None] | None = None
        self._inbound = Inbound()

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Serve one socket, and leave however it ends."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._leave()

    async def connect(self) -> None:
        """Let the caller in, or close."""
        try:
            guest = await self._permitted()
        except DatabaseError as error:
            log.warning("socket not served error=%s", error)
            await self._accept_and_close(TRY_LATER)
            return
        if guest is None:
            await self.close()
        elif draining.is_set():
            await self._accept_and_close(SERVICE_RESTART)
        elif not live().viewers.enter(guest.viewer):
            await self._accept_and_close(TOO_MANY)
        else:
            self._guest = guest
            await self.accept()
            self._looker = live().posts.join(guest.campaign.pk)
            self._writer = asyncio.create_task(self._serve(self._looker))

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Take a request for the state; close on anything else."""
        if self._looker is None:
            return
        if self._inbound.asks(text_data, time.monotonic()):
            self._looker.ask()
        else:
            self._leave()
            await self.close(BAD_MESSAGE)

    async def disconnect(self, code: int) -> None:
        """Look no more."""
        self._leave()

    async def _accept_and_close(self, code: int) -> None:
        await self.accept()  # a browser cannot see why a handshake was refused
        await self.close(code)

    def _leave(self) -> None:
        if self._guest is not None:
            live().viewers.leave(self._guest.viewer)
            self._guest = None
        if self._looker is not None:
            live().posts.leave(self._looker)
            self._looker = None
        if self._writer is not None:
            self._writer.cancel()

    async def _serve(self, looker: Looker) -> None:
        try:
            code = await self._write(looker)
        except OSError as error:  # what ASGI has a server raise where the client has gone
            log.info("socket broke off error=%r", error)
            code = FAILED
        except Exception:
            log.exception("socket of posts failed")
            code = FAILED
        with suppress(OSError):
            await self.close(code)

    async def _write(self, looker: Looker) -> int:
        """Send what the looker is offered; return a closing code."""
        until = time.monotonic() + consumers.MAX_AGE_S
        check_at, doubts = time.monotonic() + consumers.RECHECK_S, live().hub.doubts
        while True:
            told, document = await looker.take(BEAT_S)
            if draining.is_set() or time.monotonic() >= until:
                return SERVICE_RESTART
            if time.monotonic() >= check_at or live().hub.doubts != doubts:
                check_at, doubts = self._checked()
                if not await self._still_permitted():
                    return ACCESS_ENDED
            if told:
                await self.send(text_data=stamped(document, now_ms()))

    def _checked(self) -> tuple[float, int]:
        return time.monotonic() + consumers.RECHECK_S, live().hub.doubts

    async def _permitted(self) -> Guest | None:
        return await permitted(self.scope, live().campaigns.get, PERMISSION)

    async def _still_permitted(self) -> bool:
        try:
            return await self._permitted() is not None
        except DatabaseError:
            return True  # asked again in a minute
