"""Where the pulse reads figures and leaves frames: Redis, behind a door that tests can replace."""

from typing import Protocol

import redis

from dashboard.store import beside, degraded, frames, tallies


class Source(Protocol):
    """What the pulse needs of Redis; each raises `redis.RedisError` where it is away."""

    def changes(self, campaign_id: int, generation: str, position: int) -> tallies.Figures:
        """Return what changed after `position`; see `tallies.changes`."""

    def beside(self, campaign_id: int, generation: str, position: int) -> beside.Beside:
        """Return what changed after `position` of what no frame shows; see `beside.changes`."""

    def buyers(self, campaign_id: int, start_ms: int, end_ms: int) -> int | None:
        """Return the estimate of distinct buyers in a window; None where no event names one."""

    def put(self, campaign_id: int, frame: bytes, base: bytes | None) -> None:
        """Make `frame` the newest, on a new base where one is given."""

    def memory_share(self) -> float:
        """Return what Redis uses of the memory it may; 0 without a limit."""

    def tell_level(self, level: int) -> None:
        """Make the degrade level known to all processes."""


class RedisSource:
    """The board's Redis."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def changes(self, campaign_id: int, generation: str, position: int) -> tallies.Figures:
        """Return what changed after `position`; see `tallies.changes`."""
        return tallies.changes(self._client, campaign_id, generation, position)

    def beside(self, campaign_id: int, generation: str, position: int) -> beside.Beside:
        """Return what changed after `position` of what no frame shows; see `beside.changes`."""
        return beside.changes(self._client, campaign_id, generation, position)

    def buyers(self, campaign_id: int, start_ms: int, end_ms: int) -> int | None:
        """Return the estimate of distinct buyers in a window; None where no event names one."""
        return tallies.buyers(self._client, campaign_id, start_ms, end_ms)

    def put(self, campaign_id: int, frame: bytes, base: bytes | None) -> None:
        """Make `frame` the newest, on a new base where one is given."""
        frames.put(self._client, campaign_id, frame, base)

    def memory_share(self) -> float:
        """Return what Redis uses of the memory it may; 0 without a limit."""
        return degraded.memory_share(self._client)

    def tell_level(self, level: int) -> None:
        """Make the degrade level known to all processes."""
        degraded.tell(self._client, level)
