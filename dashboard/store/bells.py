"""Which campaigns' doorbells were rung and not yet heard: a queue of bells says no more than one.

Functions raise `redis.RedisError`.
"""

import redis

from dashboard.store.tallies import key

# A bell that got lost keeps others from ringing so long at the most.
_FORGOTTEN_MS = 3_000


def ask(client: redis.Redis, campaign_id: int) -> bool:
    """Return whether the bell is to be rung: False while one rung before was not heard."""
    return bool(client.set(key(campaign_id, "rung"), b"1", nx=True, px=_FORGOTTEN_MS))


def heard(client: redis.Redis, campaign_id: int) -> None:
    """Note that a worker heard the bell: what comes from now on rings anew."""
    client.delete(key(campaign_id, "rung"))
