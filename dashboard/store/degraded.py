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
