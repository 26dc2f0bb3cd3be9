"""The canary: a sign of life that has gone the whole way, from beat over the broker to a worker.

`gmv:canary` holds the real time (ms) at which a worker last ran the canary task. A worker whose
process is up may be deaf all the same after its connection broke; this is how it is noticed.
"""

from typing import cast

import redis

_KEY = "gmv:canary"


def sing(client: redis.Redis, now_ms: int) -> None:
    """Note that a worker ran the canary task at `now_ms`. Raises `redis.RedisError`."""
    client.set(_KEY, now_ms)


def last_heard(client: redis.Redis) -> int:
    """Return when a worker last ran the canary task; 0 if never. Raises `redis.RedisError`."""
    return int(cast("bytes | None", client.get(_KEY)) or 0)
