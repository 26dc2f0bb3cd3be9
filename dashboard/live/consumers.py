"""The sockets: one campaign's snapshot, then its frames."""

import asyncio
import logging
import math
import time
from contextlib import suppress
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import DatabaseError

from dashboard.core.degrade import PUBLIC
from dashboard.live.access import Guest, guest
from dashboard.live.inbound import Inbound
from dashboard.live.running import live
from dashboard.live.scope import Scope
from dashboard.live.slot import LINE, Slot
from dashboard.live.stamped import Stamp, Stamped, frame_of
from dashboard.store.tables import Campaign
from gmvboard.draining import draining

# Who was let in is asked again: a session may have ended, a token been changed (hazard H20).
RECHECK_S = 60.0
# Whoever was let in by a cookie or token opens another socket after so long, asked from nothing.
MAX_AGE_S = 12 * 3600.0
# A campaign made a moment ago has no figures before the pulse's next tick.
FIRST_SNAPSHOT_S = 1.0

BAD_MESSAGE, TRY_LATER, FAILED = 1008, 1013, 1011
SERVICE_RESTART, ACCESS_ENDED, TOO_MANY = 1012, 4401, 4429
log = logging.getLogger(__name__)


class Refuse(AsyncWebsocketConsumer):  # type: ignore[misc]  # channels has no types
    """Any path that is no campaign's: closed before it is accepted, which is a 403 (hazard H22)."""

    channel_layer_alias = "none"

    async def connect(self) -> None:
        """Refuse."""
        await self.close()


class CampaignSocket(AsyncWebsocketConsumer):  # type: ignore[misc]  # channels has no types
    """Joins the hub first and sends the snapshot then, so that no frame falls between.

    It has no channel of its own in the layer: the hub has one for all of them.
    """

    channel_layer_alias = "none"

    def __init__(self) -> None:
        super().__init__()
        self._guest: Guest | None = None
        self._slot: Slot | None = None
        self._writer: asyncio.Task[None] | None = None
        self._inbound = Inbound()
        self._check_at = math.inf

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Serve one socket, and leave the hub however it ends."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._leave()

    async def connect(self) -> None:
        """Let the caller in, or close: unknown and not allowed look alike."""
        try:
            caller = await guest(self.scope, live().campaigns.get)
        except DatabaseError as error:
            log.warning("socket not served error=%s", error)
            await self._accept_and_close(TRY_LATER)
            return
        if caller is None:
            await self.close()
        elif draining.is_set():
            await self._accept_and_close(SERVICE_RESTART)
        elif self._turned_away(caller) or not live().viewers.enter(caller.viewer):
            await self._accept_and_close(TOO_MANY)
        else:
            self._guest = caller
            if caller.viewer.kind == "public":
                live().public.add(self)
            await self.accept()
            line = self.scope.get("extensions", {}).get(LINE)
            self._slot = live().hub.join(caller.campaign.slug, caller.campaign.pk, line)
            age_s = math.inf if caller.viewer.kind == "public" else MAX_AGE_S
            serving = self._serve(caller.campaign, self._slot, time.monotonic() + age_s)
            self._writer = asyncio.create_task(serving)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Take a request for the snapshot; close on anything else."""
        if self._slot is None:
            return
        if self._inbound.asks(text_data, time.monotonic()):
            self._slot.ask()
        else:
            self._leave()
            await self.close(BAD_MESSAGE)

    async def disconnect(self, code: int) -> None:
        """Leave the hub."""
        self._leave()

    async def _accept_and_close(self, code: int) -> None:
        await self.accept()  # a browser cannot see why a handshake was refused
        await self.close(code)

    async def turn_away(self) -> None:
        """Close, as the board is under load: the page falls back to the cached snapshot."""
        self._leave()
        await self.close(TOO_MANY)

    def _turned_away(self, caller: Guest) -> bool:
        return caller.viewer.kind == "public" and live().load.degrade.level >= PUBLIC

    def _leave(self) -> None:
        live().public.discard(self)
        if self._guest is not None:
            live().viewers.leave(self._guest.viewer)
            self._guest = None
        if self._slot is not None:
            live().hub.leave(self._slot)
            self._slot = None
        if self._writer is not None:
            self._writer.cancel()

    async def _serve(self, campaign: Campaign, slot: Slot, until: float) -> None:
        try:
            code = await self._write(campaign.pk, slot, until)
        except OSError as error:  # what ASGI has a server raise where the client has gone
            log.info("socket broke off campaign=%s error=%r", campaign.slug, error)
            code = FAILED
        except Exception:
            log.exception("socket failed campaign=%s", campaign.slug)
            code = FAILED
        live().hub.leave(slot)
        with suppress(OSError):
            await self.close(code)

    async def _write(self, campaign_id: int, slot: Slot, until: float) -> int:
        """Send the snapshot, then what the slot holds `until` then; return a closing code.

        Where the server gives the socket a line, frames go out by that: here it only waits.
        """
        self._check_at = time.monotonic() + RECHECK_S
        while (stamp := await self._send_snapshot(campaign_id)) is None:
            await asyncio.sleep(FIRST_SNAPSHOT_S)
            if code := await self._over(slot, until):
                return code
        slot.begin(stamp)
        while True:
            asked, frame = await self._take(slot, min(self._check_at, until))
            if code := await self._over(slot, until):
                return code
            if asked and (stamp := await self._send_snapshot(campaign_id)):
                slot.begin(stamp)
            if frame is not None:
                await self.send(text_data=frame.text)

    async def _over(self, slot: Slot, until: float) -> int | None:
        """Return the code to close with, None where it goes on; who watches is asked when due."""
        if time.monotonic() >= until:
            return SERVICE_RESTART
        if not slot.settle() and time.monotonic() < self._check_at:
            return None
        self._check_at = time.monotonic() + RECHECK_S
        return None if await self._still_allowed() else ACCESS_ENDED

    async def _take(self, slot: Slot, until: float) -> tuple[bool, Stamped | None]:
        """Return what the slot holds, nothing where that was nothing until then."""
        try:
            async with asyncio.timeout(until - time.monotonic()):
                return await slot.take()
        except TimeoutError:
            return False, None

    async def _send_snapshot(self, campaign_id: int) -> Stamp | None:
        snapshot = await live().snapshots.newest(campaign_id)
        if snapshot is None:
            return None
        await self.send(text_data=snapshot.text)
        if live().hub.needs_frame(snapshot.campaign):
            live().hub.offer(frame_of(snapshot), time.monotonic())
        return snapshot.stamp

    async def _still_allowed(self) -> bool:
        try:
            return await guest(self.scope, live().campaigns.get) is not None
        except DatabaseError:
            return True  # the figures go on; asked again in a minute
