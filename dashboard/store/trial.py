"""Estimates of buyers made anew beside the board's: the same names, told again, give the same.

Kept in Redis, where alone the estimate is made, below `gmv:{<id>}:trial:<random>:` and an hour
since 1970 UTC; forgotten after an hour by themselves. Functions raise `redis.RedisError`.
"""

import secrets

import polars as pl
import redis

from dashboard.store.estimates import Estimates
from dashboard.store.tallies import key

_FORGOTTEN_S = 3_600


class Trial:
    """One campaign's estimates by hour; nobody waits for Redis before they are asked for."""

    def __init__(self, client: redis.Redis, campaign_id: int) -> None:
        self._client = client
        self._told = Estimates(client)
        self._prefix = key(campaign_id, "trial", secrets.token_hex(6), "")
        self._hours: set[int] = set()

    def add(self, hour: int, buyers: pl.Series) -> None:
        """Take in who paid in an hour: a column of texts."""
        name = f"{self._prefix}{hour}"
        self._hours.add(hour)
        self._told.add(name, buyers)
        self._told.expire(name, _FORGOTTEN_S)

    def estimates(self) -> dict[int, int]:
        """Return each hour's estimate."""
        self._told.wait()
        return {hour: self._client.pfcount(f"{self._prefix}{hour}") for hour in self._hours}

    def discard(self) -> None:
        """Delete what was kept."""
        self._told.close()
        for hour in self._hours:
            self._client.unlink(f"{self._prefix}{hour}")
