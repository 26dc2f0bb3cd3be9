"""Estimates of buyers made anew beside the board's: the same names, told again, give the same.

Kept in Redis, where alone the estimate is made, below `gmv:{<id>}:trial:<random>:` and an hour
since 1970 UTC; forgotten after some minutes by themselves. Functions raise `redis.RedisError`.
"""

import secrets
from collections.abc import Sequence

import redis

from dashboard.store.tallies import key

_FORGOTTEN_S = 3_600
_NAMES_A_CALL = 5_000


class Trial:
    """One campaign's estimates by hour."""

    def __init__(self, client: redis.Redis, campaign_id: int) -> None:
        self._client = client
        self._prefix = key(campaign_id, "trial", secrets.token_hex(6), "")
        self._hours: set[int] = set()

    def add(self, hour: int, buyers: Sequence[str]) -> None:
        """Take in who paid in an hour."""
        name = f"{self._prefix}{hour}"
        self._hours.add(hour)
        for start in range(0, len(buyers), _NAMES_A_CALL):
            self._client.pfadd(name, *buyers[start : start + _NAMES_A_CALL])
        self._client.expire(name, _FORGOTTEN_S)

    def estimates(self) -> dict[int, int]:
        """Return each hour's estimate."""
        return {hour: self._client.pfcount(f"{self._prefix}{hour}") for hour in self._hours}

    def discard(self) -> None:
        """Delete what was kept."""
        for hour in self._hours:
            self._client.unlink(f"{self._prefix}{hour}")
