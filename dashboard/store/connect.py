"""Connections to Redis, or Valkey, with time-outs everywhere."""

from functools import cache
from typing import Any, cast

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry
from redis.sentinel import Sentinel

from gmvboard.logs import masked
from gmvboard.redis_url import watched

_SOON_S = 1


class NoRedis(Exception):
    """The board's Redis cannot be reached; the message says what was tried."""


def connect(**patience: Any) -> redis.Redis:
    """Return a client of the board's Redis; replies are bytes.

    Behind Sentinels each new connection asks them for the master; one to a master that has become
    a replica is given up at the first write it refuses. `patience` in place of the settings'.
    """
    return of(settings.REDIS_URL, **patience)


def of(url: str, **patience: Any) -> redis.Redis:
    """Return a client of the Redis at `url`, as `connect`."""
    patience = {**settings.REDIS_TIMEOUTS, **patience}
    behind = watched(url)
    if behind is None:
        return redis.Redis.from_url(url, **patience)
    asking: Any = Sentinel  # it has no types
    sentinels = asking(behind.sentinels, sentinel_kwargs={**patience, **behind.sentinel_login})
    return cast("redis.Redis", sentinels.master_for(behind.service, **behind.login, **patience))


@cache
def shared() -> redis.Redis:
    """Return this process' one client: safe among threads, not across a fork."""
    return connect()


@cache
def impatient() -> redis.Redis:
    """Return this process' client for whoever waits for an answer: one try of a second.

    A hung Redis would else hold a caller's thread for all tries and time-outs together, 20 s.
    """
    once = Retry(NoBackoff(), 0)
    return connect(socket_timeout=_SOON_S, socket_connect_timeout=_SOON_S, retry=once)


def require() -> redis.Redis:
    """Return a client that answered just now, else raise `NoRedis` with a line for a person."""
    client = connect()
    try:
        client.ping()
    except (redis.RedisError, OSError) as error:
        raise NoRedis(
            masked(f"no answer from Redis at {settings.REDIS_URL}: is the board running? ({error})")
        ) from error
    return client
