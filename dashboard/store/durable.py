"""Do the stores keep what they are told? Asked of servers at a start, not at each write.

Each function returns what is wrong, one line each for a person; a server that does not tell, as
hosted ones may, is believed.
"""

from typing import Any

import redis
from django.db import connection

# What a 202 stands on. A standby answers every question, and refuses the first batch. Not
# full_page_writes: it is rightly off where storage tears no pages (ZFS, some hosted servers).
_EXPECTED = {
    "fsync": ("on", "off"),
    "synchronous_commit": ("on, or local, remote_write, remote_apply", "off"),
    "transaction_read_only": ("off, as on a primary", "on"),
}
_SETTING = "SELECT current_setting(%s)"


def database_faults() -> list[str]:
    """Return how the database would lose a batch that was told 202; SQLite is set by ourselves.

    Raises `django.db.Error` where it is away.
    """
    if connection.vendor != "postgresql":
        return []
    found = {}
    with connection.cursor() as cursor:
        for name in _EXPECTED:
            cursor.execute(_SETTING, [name])
            found[name] = cursor.fetchone()[0]
    return [
        f"PostgreSQL {name}: expected {expected}, got {found[name]}"
        for name, (expected, loses) in _EXPECTED.items()
        if found[name] == loses
    ]


def redis_faults(client: redis.Redis) -> list[str]:
    """Return how a Redis would lose doorbells and seen ids without a word.

    Raises `redis.RedisError` where it is away.
    """
    faults = []
    if _info(client, "cluster").get("cluster_enabled"):
        faults.append("Redis: expected one server, or Sentinel; a Cluster cannot be a broker")
    if _info(client, "replication").get("role") == "slave":
        faults.append("Redis: expected a master, got a replica; with Sentinel name the service")
    settings = _config(client)
    policy = settings.get("maxmemory-policy", "noeviction")
    if policy != "noeviction":
        faults.append(f"Redis maxmemory-policy: expected noeviction, got {policy}")
    if settings.get("appendonly") == "no" and not settings.get("save", "?"):
        faults.append("Redis keeps nothing over a restart: expected appendonly yes, or save")
    return faults


def _info(client: redis.Redis, section: str) -> dict[str, Any]:
    try:
        return dict(client.info(section))
    except redis.ResponseError:
        return {}


def _config(client: redis.Redis) -> dict[str, str]:
    found: dict[Any, Any] = {}
    try:
        for name in ("maxmemory-policy", "appendonly", "save"):  # several at once: from Redis 7 on
            found |= client.config_get(name)
    except redis.ResponseError:
        return {}
    return {_text(name): _text(value) for name, value in found.items()}


def _text(value: bytes | str | None) -> str:
    return value.decode() if isinstance(value, bytes) else value or ""
