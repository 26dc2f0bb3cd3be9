"""Snapshots for sockets: many that connect at once share one read."""

import asyncio
import logging
import time
from collections.abc import Callable

import redis
from channels.db import database_sync_to_async
from django.db import DatabaseError

from dashboard.live.stamped import Stamped, stamped

# A day of minutes is about 100 kB: after a reconnect storm it is read once a second, not a thousand
# times. The frame that follows repeats the minutes of the last 30 s, so nothing is missed.
FRESH_S = 1.0

Read = Callable[[int], bytes | None]
log = logging.getLogger(__name__)


class Snapshots:
    """The newest snapshot of each campaign, at most `FRESH_S` old; `read` is called in a thread."""

    def __init__(self, read: Read) -> None:
        self._read = database_sync_to_async(read, thread_sensitive=False)
        self._reads: dict[int, tuple[float, asyncio.Future[Stamped | None]]] = {}

    async def newest(self, campaign_id: int) -> Stamped | None:
        """Return the campaign's snapshot; None where none was made, or none can be read now."""
        begun, read = self._reads.get(campaign_id, (0.0, None))
        if read is None or (read.done() and time.monotonic() - begun >= FRESH_S):
            read = asyncio.ensure_future(self._fetch(campaign_id))
            self._reads[campaign_id] = (time.monotonic(), read)
        return await asyncio.shield(read)

    async def _fetch(self, campaign_id: int) -> Stamped | None:
        try:
            text: bytes | None = await self._read(campaign_id)
        except (redis.RedisError, DatabaseError) as error:
            log.warning("snapshot unreadable campaign_id=%d error=%s", campaign_id, error)
            return None
        return stamped(text.decode()) if text else None
