"""The degrade level in force, as the leading pulse tells it to all other processes.

Key: `gmv:degrade`, the level's number; gone 20 s after its leader, which at the last level tells
it every 15 s.
"""

from typing import cast

import redis

_KEY = "gmv:degrade"
_KEPT_S = 20


def tell(client: redis.Redis, level: int) -> None:
    """Make a level known; raises `redis.RedisError`."""
    client.set(_KEY, level, ex=_KEPT_S)


def told(client: redis.Redis) -> int:
    """Return the level that was told last, 0 where nobody tells; raises `redis.RedisError`."""
    return int(cast("bytes | None", client.get(_KEY)) or 0)


def memory_share(client: redis.Redis) -> float:
    """Return what Redis uses of its `maxmemory`; 0 where it has none, or does not tell.

    A sign of load for the level. Raises `redis.RedisError` where it is away.
    """
    try:
        told = cast("dict[str, int]", client.info("memory"))
    except redis.ResponseError:  # some hosted servers do not tell
        return 0.0
    most = told.get("maxmemory", 0)
    return told["used_memory"] / most if most else 0.0
