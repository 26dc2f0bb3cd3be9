"""Connections to Redis, or Valkey, with time-outs everywhere."""

from functools import cache

import redis
from django.conf import settings


class NoRedis(Exception):
    """The board's Redis cannot be reached; the message says what was tried."""


def connect() -> redis.Redis:
    """Return a client of the board's Redis; replies are bytes."""
    return redis.Redis.from_url(settings.REDIS_URL, **settings.REDIS_TIMEOUTS)


@cache
def shared() -> redis.Redis:
    """Return this process' one client: safe among threads, not across a fork."""
    return connect()


def require() -> redis.Redis:
    """Return a client that answered just now, else raise `NoRedis` with a line for a person."""
    client = connect()
    try:
        client.ping()
    except (redis.RedisError, OSError) as error:
        raise NoRedis(
            f"no answer from Redis at {settings.REDIS_URL}: is the board running? ({error})"
        ) from error
    return client
