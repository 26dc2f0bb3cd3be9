import threading
from collections.abc import Iterator

import pytest
import redis

from dashboard.runtime import keeper
from dashboard.runtime.keeper import Keeper
from dashboard.store import history, leases, seals
from dashboard.store.tables import Lease
from dashboard.tally.settle import settle
from gmvboard.clock import now_ms
from tests import valkey, worlds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def client() -> Iterator[redis.Redis]:
    with valkey.running() as client:
        yield client


def test_what_was_settled_is_sealed_and_its_minutes_kept(client: redis.Redis) -> None:
    client.flushall()
    (campaign, source), (idle, _) = worlds.festival(), worlds.festival("idle")
    worlds.append(source, worlds.payment("a"))
    settle(client, campaign.pk)
    worlds.append(source, worlds.payment("b"))
    Keeper(client).look(now_ms())
    assert seals.newest(campaign.pk).position == 1
    assert history.head(campaign.pk).position == 1
    assert seals.newest(idle.pk).position == 0


@pytest.mark.parametrize("other", [False, True], ids=["alone", "another leads"])
def test_it_keeps_only_while_it_leads(client: redis.Redis, other: bool) -> None:
    client.flushall()
    campaign, source = worlds.festival()
    worlds.append(source, worlds.payment("a"))
    settle(client, campaign.pk)
    if other:
        leases.take("keeper", "another", now_ms(), 60_000)
    keeper.work("me", client, Once())
    assert seals.newest(campaign.pk).position == (0 if other else 1)
    assert Lease.objects.get().holder == ("another" if other else "me")


class Once(threading.Event):
    """Lets one look pass."""

    left = 1

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        return self.left < 0


def test_it_goes_on_after_a_redis_that_is_away(caplog: pytest.LogCaptureFixture) -> None:
    worlds.festival()
    keeper.work("me", redis.Redis.from_url("unix:///nowhere/redis.sock"), Once())
    assert "not kept, trying again error=ConnectionError" in caplog.text
