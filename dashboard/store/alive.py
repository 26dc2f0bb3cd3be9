"""Do the stores answer? For probes: short time-outs, nothing but the question."""

from functools import cache

import redis
from django.db import connection

from dashboard.store.connect import connect

# A hung Redis must not keep a probe's thread longer than a probe is patient.
_TIMEOUT_S = 1


def database() -> None:
    """Return if the database answers; raises `django.db.DatabaseError` where it does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def broker() -> None:
    """Return if Redis answers; raises `redis.RedisError` where it does not."""
    client().ping()


@cache
def client() -> redis.Redis:
    """Return this process' impatient client."""
    return connect(socket_timeout=_TIMEOUT_S, socket_connect_timeout=_TIMEOUT_S)
