"""Snapshots for sockets: many that connect at once share one read."""

import logging
from collections.abc import Callable

import redis
from django.db import DatabaseError

from dashboard.live.shared_reads import SharedReads
from dashboard.live.stamped import Stamped, stamped

# A day of minutes is about 100 kB: after a reconnect storm it is read once a second, not a thousand
# times. The frame that follows repeats the minutes of the last 30 s, so nothing is missed.
FRESH_S = 1.0

Read = Callable[[int], bytes | None]
log = logging.getLogger(__name__)


class Snapshots:
    """The newest snapshot of each campaign, at most `FRESH_S` old; `read` is called in a thread."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._reads = SharedReads(self._stamped, FRESH_S)

    async def newest(self, campaign_id: int) -> Stamped | None:
        """Return the campaign's snapshot; None where none was made, or none can be read now."""
        return await self._reads.get(campaign_id)

    def _stamped(self, campaign_id: int) -> Stamped | None:
        try:
            text = self._read(campaign_id)
        except (redis.RedisError, DatabaseError) as error:
            log.warning("snapshot unreadable campaign_id=%d error=%s", campaign_id, error)
            return None
        return stamped(text.decode()) if text else None
