"""S37: a start that would lose data is refused; each on the real server."""

import pytest
import redis
from django.core.management.base import CommandError
from pytest_django.fixtures import Settings

from dashboard.management.command import started_safely
from dashboard.runtime import safety
from dashboard.runtime.checks import Refused
from dashboard.store import durable
from tests.boards import manage
from tests.servers import redis_server
from tests.servers.fleet import environment
from tests.servers.postgres import Postgres
from tests.servers.redis_server import RedisServer


def test_a_durable_redis_has_no_faults(redis7: RedisServer) -> None:
    assert durable.redis_faults(redis7.client) == []


@pytest.mark.parametrize("policy", ["allkeys-lru", "volatile-ttl"])
def test_a_redis_that_evicts_is_refused_s37(redis7: RedisServer, policy: str) -> None:
    redis7.client.config_set("maxmemory-policy", policy)
    (fault,) = durable.redis_faults(redis7.client)
    redis7.client.config_set("maxmemory-policy", "noeviction")
    assert fault == f"Redis maxmemory-policy: expected noeviction, got {policy}"


def test_a_redis_that_keeps_nothing_is_refused_s37(redis7: RedisServer) -> None:
    redis7.client.config_set("appendonly", "no")
    (fault,) = durable.redis_faults(redis7.client)
    redis7.client.config_set("save", "60 1")
    assert durable.redis_faults(redis7.client) == []
    redis7.client.config_set("save", "")
    redis7.client.config_set("appendonly", "yes")
    assert "keeps nothing over a restart" in fault


def test_a_replica_is_refused_s37(redis7: RedisServer) -> None:
    redis7.client.replicaof("127.0.0.1", 1)
    (fault,) = durable.redis_faults(redis7.client)
    redis7.client.replicaof("NO", "ONE")
    assert "expected a master, got a replica" in fault


def test_a_cluster_is_refused_s37() -> None:
    with redis_server.started("--cluster-enabled", "yes") as clustered:
        (fault,) = durable.redis_faults(clustered.client)
    assert "a Cluster cannot be a broker" in fault


def test_a_redis_that_tells_nothing_of_itself_is_believed(redis7: RedisServer) -> None:
    redis7.client.acl_setuser(
        "shop",
        enabled=True,
        passwords=["+pw"],
        keys=["*"],
        categories=["+@all"],
        commands=["-info", "-config"],
    )
    with redis.Redis(port=redis7.port, username="shop", password="pw") as asking:
        assert durable.redis_faults(asking) == []


@pytest.mark.parametrize(("name", "value"), [("synchronous_commit", "off"), ("fsync", "off")])
def test_a_postgresql_that_loses_commits_is_refused_s37(
    postgres: Postgres, secret_key: str, name: str, value: str
) -> None:
    env = environment(secret_key, DATABASE_URL=postgres.url("postgres"))
    postgres.sql(f"ALTER SYSTEM SET {name} = {value}")
    postgres.sql("SELECT pg_reload_conf()")
    refused = manage("beat", env=env, check=False)
    postgres.sql("ALTER SYSTEM RESET ALL")
    postgres.sql("SELECT pg_reload_conf()")
    assert refused.returncode == 2
    assert f"PostgreSQL {name}: expected on" in refused.stderr


def test_a_channel_layer_that_nobody_shares_is_refused_s37(settings: Settings) -> None:
    memory = {"BACKEND": "channels.layers.InMemoryChannelLayer"}
    settings.CHANNEL_LAYERS = {"default": memory}
    settings.REDIS_URL = settings.BROKER_URL = "unix:///nowhere/redis.sock"
    with pytest.raises(Refused, match="got InMemoryChannelLayer"):
        safety.refuse_what_loses()


@pytest.mark.django_db(transaction=True)
def test_the_broker_s_redis_is_looked_at_as_well_s37(
    redis7: RedisServer, settings: Settings
) -> None:
    settings.REDIS_URL, settings.BROKER_URL = "unix:///nowhere/redis.sock", redis7.url
    started_safely()
    redis7.client.config_set("maxmemory-policy", "allkeys-lfu")
    with pytest.raises(CommandError, match="expected noeviction, got allkeys-lfu"):
        started_safely()
    redis7.client.config_set("maxmemory-policy", "noeviction")
