"""F19: PostgreSQL stopped, its backends ended, a COMMIT whose answer is lost: 503, then exact."""

import time
from collections.abc import Callable, Iterator

import pytest

from tests.servers import fleet
from tests.servers.fleet import Fleet, amount
from tests.servers.link import Link
from tests.servers.postgres import Postgres
from tests.servers.redis_server import RedisServer

ALL = 300
STEP = 10


@pytest.fixture(scope="module")
def link(postgres: Postgres) -> Iterator[Link]:
    link = Link(postgres.port)
    yield link
    link.close()


@pytest.fixture(scope="module")
def host(
    tmp_path_factory: pytest.TempPathFactory,
    postgres: Postgres,
    link: Link,
    redis7: RedisServer,
    secret_key: str,
) -> Iterator[Fleet]:
    """One of each role, whose database is behind the link."""
    servers = {
        "DATABASE_URL": postgres.url(postgres.new_database(), port=link.port),
        "REDIS_URL": f"{redis7.url}/4",
    }
    env = fleet.environment(secret_key, **servers)
    with fleet.started(tmp_path_factory.mktemp("outages"), env) as roles:
        roles.start_host("one", "worker", "pulse", "beat")
        yield roles


def exact_after(host: Fleet, slug: str, disturb: Callable[[int], None]) -> list[int]:
    """Send payments, with `disturb` called before each batch; return what was told meanwhile."""
    key, told = host.create_campaign(slug), []
    for first in range(0, ALL, STEP):
        disturb(first)
        told.append(host.send(0, slug, key, range(first, first + STEP)))
        if told[-1] != 202:
            host.until_accepted(0, slug, key, range(first, first + STEP))
    host.settled(0, slug, sum(map(amount, range(ALL))))
    host.manage("reconcile", slug)
    return told


def ledger_events(postgres: Postgres, host: Fleet, slug: str) -> int:
    database = host.env["DATABASE_URL"].rpartition("/")[2]
    (row,) = postgres.sql(
        "SELECT events FROM dashboard_ledgerhead JOIN dashboard_campaign c ON c.id = campaign_id"
        f" WHERE c.slug = '{slug}'",
        database,
    )
    return int(str(row[0]))


def test_a_lost_answer_to_a_commit_counts_once(host: Fleet, link: Link, postgres: Postgres) -> None:
    before = link.cut
    told = exact_after(
        host, "lost-answer", lambda first: link.cut_after_commits(1 if first % 50 == 0 else 0)
    )
    assert link.cut > before
    assert set(told) <= {202, 503}
    assert ledger_events(postgres, host, "lost-answer") > ALL  # accepted twice, counted once


def test_ended_backends_are_replaced(host: Fleet, postgres: Postgres) -> None:
    def end_backends(first: int) -> None:
        if first % 50 == 0:
            postgres.sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )

    assert set(exact_after(host, "ended", end_backends)) <= {202, 503}


def test_a_stopped_postgresql_is_said_and_waited_for(host: Fleet, postgres: Postgres) -> None:
    key = host.create_campaign("stopped")
    host.until_accepted(0, "stopped", key, range(10))
    postgres.stop()
    began, told = time.monotonic(), set()
    while time.monotonic() - began < 4:
        told.add(host.send(0, "stopped", key, range(10, 20)))
    postgres.start()
    host.until_accepted(0, "stopped", key, range(10, 20))
    host.settled(0, "stopped", sum(map(amount, range(20))))
    host.manage("reconcile", "stopped")
    assert told == {503}
    assert all(role.poll() is None for role in host.roles)
