"""What a Redis says of itself, whichever version it is; on the real ones see tests/servers."""

from typing import Any, cast

import redis

from dashboard.store import durable


class OldRedis:
    """Redis 6: `CONFIG GET` takes one name."""

    def info(self, section: str) -> dict[str, Any]:
        return {}

    def config_get(self, *names: str) -> dict[str, str]:
        if len(names) > 1:
            raise redis.ResponseError("wrong number of arguments for 'config|get'")
        settings = {"maxmemory-policy": "allkeys-lru", "appendonly": "no", "save": "60 1"}
        return {name: settings[name] for name in names}


def test_a_redis_6_that_evicts_is_refused_s37() -> None:
    faults = durable.redis_faults(cast("redis.Redis", OldRedis()))
    assert faults == ["Redis maxmemory-policy: expected noeviction, got allkeys-lru"]
