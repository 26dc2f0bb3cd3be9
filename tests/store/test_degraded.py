import pytest
import redis

from dashboard.store.degraded import memory_share
from tests import valkey


def test_redis_tells_what_it_uses_of_what_it_may() -> None:
    with valkey.running() as client:
        client.config_set("maxmemory", 2**40)
        assert 0 < memory_share(client) < 0.1
        client.config_set("maxmemory", 0)
        assert memory_share(client) == 0


def test_a_redis_that_does_not_tell_is_no_load(monkeypatch: pytest.MonkeyPatch) -> None:
    def mute(_section: str) -> None:
        raise redis.ResponseError("unknown command")

    client = redis.Redis()
    monkeypatch.setattr(client, "info", mute)
    assert memory_share(client) == 0
