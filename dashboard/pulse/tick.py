"""The pulse: at each tick, every campaign."""

import logging
import time
from collections.abc import Callable

from dashboard.pulse import facts, room
from dashboard.pulse.channel import Channel
from dashboard.pulse.load import Load
from dashboard.pulse.publish import message
from dashboard.pulse.source import Source
from dashboard.pulse.trouble import FORESEEN
from dashboard.store import campaigns

log = logging.getLogger(__name__)

# Settings, milestones and site states are read from the database once a second.
READ_MS = 1_000


class Pulse:
    """All campaigns' channels, for as long as this process leads.

    `clock_s` is a monotonic clock: how long a tick takes is a sign of load.
    """

    def __init__(
        self,
        source: Source,
        asset_version: str,
        clock_s: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._source, self._clock_s = source, clock_s
        self.load = Load()
        self._asset_version = asset_version
        self._channels: dict[int, Channel] = {}
        self._read_ms = 0
        self._broken: set[int] = set()

    def tick(self, now_ms: int) -> list[dict[str, str]]:
        """Return the channel layer's messages of the moment `now_ms` (real time).

        A campaign that fails for a reason of its own disturbs no other. Raises `redis.RedisError`
        or `django.db.Error` where Redis or the database is away, which concerns them all. Under
        the heaviest load most ticks are left out (`load.py`).
        """
        if self.load.rests(now_ms):
            return []
        began_s = self._clock_s()
        messages = self._messages(now_ms)
        self.load.worked(self._clock_s() - began_s, self._backlog_s(), now_ms)
        self._source.tell_level(self.load.degrade.level)
        return messages

    def _messages(self, now_ms: int) -> list[dict[str, str]]:
        slow = not 0 <= now_ms - self._read_ms < READ_MS
        if slow:
            self._read(now_ms)
            self._read_ms = now_ms
            self.load.room = room.left(self._source.memory_share())
        messages = []
        for campaign_id, channel in self._channels.items():
            channel.screen.degrade = self.load.degrade
            frame = self._tick(campaign_id, channel, now_ms, slow)
            if frame is not None:
                messages.append(message(channel.screen.facts.slug, frame))
        return messages

    def forget(self) -> None:
        """Drop everything, as another process leads: what it showed is read anew on return."""
        self._channels, self._read_ms, self.load = {}, 0, Load()

    def _backlog_s(self) -> float:
        """Return the age of the oldest batch not counted; figures counted anew are no backlog."""
        last = [channel.screen.last for channel in self._channels.values()]
        return max(
            (one.backlog.oldest_seconds for one in last if one and not one.healing), default=0.0
        )

    def _read(self, now_ms: int) -> None:
        """Take in what the database says; campaigns come and go."""
        found = {one.pk: facts.read(one, self._asset_version) for one in campaigns.all_campaigns()}
        for campaign_id in self._channels.keys() - found.keys():
            del self._channels[campaign_id]
        for campaign_id, read in found.items():
            if campaign_id in self._channels:
                self._channels[campaign_id].screen.update(read, now_ms)
            else:
                self._channels[campaign_id] = Channel(self._source, read, now_ms)

    def _tick(self, campaign_id: int, channel: Channel, now_ms: int, slow: bool) -> bytes | None:
        try:
            frame = channel.tick(now_ms, slow)
        except FORESEEN:
            raise
        except Exception:
            if campaign_id not in self._broken:
                log.exception("no frame campaign=%s", channel.screen.facts.slug)
            self._broken.add(campaign_id)
            return None
        self._broken.discard(campaign_id)
        return frame
