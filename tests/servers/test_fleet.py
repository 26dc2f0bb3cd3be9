"""Any number of every role, on PostgreSQL, Redis and RabbitMQ, with nothing else in common."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.servers import fleet
from tests.servers.fleet import Fleet, amount
from tests.servers.postgres import Postgres
from tests.servers.redis_server import RedisServer

EVENTS, BATCH = 20_000, 500


@pytest.fixture(scope="module")
def hosts(
    tmp_path_factory: pytest.TempPathFactory,
    postgres: Postgres,
    redis7: RedisServer,
    rabbit: str,
    secret_key: str,
) -> Iterator[Fleet]:
    """Two hosts with each role."""
    servers = {
        "DATABASE_URL": postgres.url(postgres.new_database()),
        "REDIS_URL": f"{redis7.url}/3",
        "CELERY_BROKER_URL": rabbit,
    }
    env = fleet.environment(secret_key, **servers)
    with fleet.started(tmp_path_factory.mktemp("fleet"), env) as roles:
        for host in ("one", "two"):
            roles.start_host(host, "worker", "pulse", "beat")
        yield roles


def deliveries() -> list[list[int]]:
    """Return batches of which every third comes twice."""
    whole = [list(range(i, i + BATCH)) for i in range(0, EVENTS, BATCH)]
    return [*whole, *whole[::3]]


def test_two_of_each_role_count_everything_once(hosts: Fleet) -> None:
    key = hosts.create_campaign("several")
    with ThreadPoolExecutor(4) as clients:
        for number, batch in enumerate(deliveries()):
            clients.submit(hosts.until_accepted, number % 2, "several", key, batch)
    total = sum(map(amount, range(EVENTS)))
    for web in (0, 1):
        hosts.settled(web, "several", total)
    hosts.manage("reconcile", "several")


def test_one_pulse_and_one_beat_lead_and_another_follows(hosts: Fleet) -> None:
    """F45: what leads is killed; totals move on."""
    key = hosts.create_campaign("followed")
    hosts.until_accepted(0, "followed", key, range(10))
    hosts.settled(1, "followed", sum(map(amount, range(10))))
    for role in hosts.roles[:3]:  # one worker, one pulse, one beat
        role.kill()
    hosts.until_accepted(0, "followed", key, range(20))
    hosts.settled(1, "followed", sum(map(amount, range(20))))
    hosts.manage("reconcile", "followed")
