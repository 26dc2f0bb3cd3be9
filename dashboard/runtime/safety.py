"""What every role looks at before it begins: servers and settings under which figures are lost.

Raises `Refused`, one line a fault. A server that is away is no fault: whoever runs waits for it.
That several hosts share one SQLite file cannot be seen from any of them: it is for one host only.
"""

import logging

import redis
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections

from dashboard.runtime.checks import Refused
from dashboard.store import connect, durable
from gmvboard import env

log = logging.getLogger(__name__)


def before_role() -> None:
    """Refuse what loses data, for a process started alone; the board asks for all it starts."""
    if not env.flag("SUPERVISED"):
        refuse_what_loses()


def refuse_what_loses() -> None:
    """Refuse servers that lose what they are told, and a channel layer that nobody shares."""
    faults = [*_layer_faults(), *_database_faults(), *_redis_faults()]
    if faults:
        raise Refused("; ".join(faults))


def _layer_faults() -> list[str]:
    backend = str(settings.CHANNEL_LAYERS["default"]["BACKEND"])
    if not backend.endswith("InMemoryChannelLayer"):
        return []
    return ["CHANNEL_LAYERS: expected one that processes share, got InMemoryChannelLayer"]


def _database_faults() -> list[str]:
    try:
        return durable.database_faults()
    except DatabaseError as error:
        log.warning("database away, its settings not looked at error=%s", type(error).__name__)
        return []
    finally:
        connections.close_all()


def _redis_faults() -> list[str]:
    """Return the faults of the board's Redis, and of the broker's where that is another one."""
    faults: list[str] = []
    for url in dict.fromkeys([settings.REDIS_URL, settings.BROKER_URL]):
        if url.startswith("amqp"):
            continue
        try:
            with connect.of(url) as client:
                faults += durable.redis_faults(client)
        except (redis.RedisError, OSError) as error:
            log.warning("redis away, its settings not looked at error=%s", type(error).__name__)
    return faults
