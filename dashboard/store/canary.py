"""The canary: a sign of life that goes the whole way, from beat over the broker to a worker.

`gmv:canary:sent` holds the real time (ms) at which beat last sent the canary task, `gmv:canary`
that at which a worker last ran it. A worker whose process is up may be deaf all the same after its
connection broke; this is how it is noticed. All functions raise `redis.RedisError`.
"""

from typing import cast

import redis

_SENT, _HEARD = "gmv:canary:sent", "gmv:canary"


def send(client: redis.Redis, now_ms: int) -> None:
    """Note that the canary task was sent at `now_ms`."""
    client.set(_SENT, now_ms)


def sing(client: redis.Redis, now_ms: int) -> None:
    """Note that a worker ran the canary task at `now_ms`."""
    client.set(_HEARD, now_ms)


def last_sent_and_heard(client: redis.Redis) -> tuple[int, int]:
    """Return when the canary was last sent and when it was last heard; 0 for never."""
    sent, heard = cast("list[bytes | None]", client.mget(_SENT, _HEARD))
    return int(sent or 0), int(heard or 0)
