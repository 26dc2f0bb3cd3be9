"""The posts of campaigns that staff look at: one look at the database for all sockets of a process.

Twice a second at most, and only while somebody looks. Each socket is told the newest document,
whole, once it is another one; what it did not take in time is never queued. Where the database
does not answer nothing is told, so that a page knows by the silence that it is out of date.
"""

import asyncio
import time
from collections.abc import Callable
from typing import NamedTuple

from channels.db import database_sync_to_async

from dashboard.live.feed import forever

LOOK_S = 0.5
# Nothing new is told as often, that the page may know it.
BEAT_S = 2.0

# While nothing seems to have changed the document is read as often; else at once.
ANEW_S = 5.0

# Takes a campaign's primary key, returns the document (JSON, an object); called in a thread.
ReadPosts = Callable[[int], bytes]
# Returns what is another one where the document may be; a tenth of its cost.
Sign = Callable[[], object]


class Kept(NamedTuple):
    """A document that was read at `at` (monotonic seconds), under a sign."""

    document: bytes
    sign: object
    at: float


class Looker:
    """One socket's place: the newest document, and whether it was taken."""

    def __init__(self, campaign_id: int) -> None:
        self.campaign_id = campaign_id
        self._newest: bytes | None = None
        self._fresh = False
        self._told = float("-inf")
        self._woken = asyncio.Event()

    def offer(self, document: bytes, now: float) -> None:
        """Take in what was read at `now` (monotonic seconds)."""
        if document != self._newest:
            self._newest, self._fresh = document, True
        if self._fresh or now - self._told >= BEAT_S:
            self._told = now
            self._woken.set()

    def ask(self) -> None:
        """Have the document told again, changed or not."""
        if self._newest is not None:
            self._fresh = True
            self._woken.set()

    async def take(self, timeout_s: float) -> tuple[bool, bytes | None]:
        """Wait; return whether anything is to be told, and the document where it is a new one."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._woken.wait()
        except TimeoutError:
            return False, None
        self._woken.clear()
        fresh, self._fresh = self._fresh, False
        return True, self._newest if fresh else None


class Posts:
    """Who looks, and the one task that looks for them all."""

    def __init__(self, read: ReadPosts, sign: Sign) -> None:
        self._read, self._sign = read, sign
        self._kept: dict[int, Kept] = {}
        self._lookers: set[Looker] = set()
        self._task: asyncio.Task[None] | None = None

    def join(self, campaign_id: int) -> Looker:
        """Return a place for a new socket."""
        looker = Looker(campaign_id)
        self._lookers.add(looker)
        if self._task is None:
            self._task = asyncio.create_task(forever(self._look, LOOK_S))
        return looker

    def leave(self, looker: Looker) -> None:
        """Forget a socket; with the last one nobody looks any more. Leaving twice is no error."""
        self._lookers.discard(looker)
        if not self._lookers:
            self.stop()

    def stop(self) -> None:
        """Look no more."""
        self._kept.clear()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _look(self) -> None:
        watched = {one.campaign_id for one in self._lookers}
        self._kept = await database_sync_to_async(self._newest, thread_sensitive=False)(watched)
        for looker in list(self._lookers):
            if kept := self._kept.get(looker.campaign_id):
                looker.offer(kept.document, time.monotonic())

    def _newest(self, watched: set[int]) -> dict[int, Kept]:
        sign, now = self._sign(), time.monotonic()
        return {campaign_id: self._renewed(campaign_id, sign, now) for campaign_id in watched}

    def _renewed(self, campaign_id: int, sign: object, now: float) -> Kept:
        kept = self._kept.get(campaign_id)
        if kept and kept.sign == sign and now - kept.at < ANEW_S:
            return kept
        return Kept(self._read(campaign_id), sign, now)
