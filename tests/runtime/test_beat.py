from collections.abc import Iterator

import pytest
import redis

from dashboard.runtime import beat
from dashboard.store import leases
from dashboard.store.tables import Lease
from dashboard.tally.settle import settle
from gmvboard.clock import now_ms
from tests import valkey, worlds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def client() -> Iterator[redis.Redis]:
    with valkey.running() as client:
        yield client


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    rung: list[int] = []
    monkeypatch.setattr("dashboard.tally.doorbell.ring", rung.append)
    return rung


class Ticks:
    """Stands for the event that ends the loop: set after so many looks."""

    def __init__(self, count: int) -> None:
        self.left = count

    def wait(self, _seconds: float) -> bool:
        self.left -= 1
        return self.left < 0


def test_it_rings_for_the_campaign_with_work_left_only(
    client: redis.Redis, rung: list[int]
) -> None:
    client.flushall()
    behind, done, idle = (worlds.festival(name) for name in ("behind", "done", "idle"))
    for _, source in (behind, done):
        worlds.append(source, worlds.payment("a"))
    settle(client, done[0].pk)
    assert beat.sweep(client) == [behind[0].pk]
    assert rung == [behind[0].pk]
    assert idle[0].pk not in rung


def test_an_emptied_redis_makes_it_ring_again(client: redis.Redis, rung: list[int]) -> None:
    client.flushall()
    campaign, source = worlds.festival()
    worlds.append(source, worlds.payment("a"))
    settle(client, campaign.pk)
    assert beat.sweep(client) == []
    client.flushall()
    assert beat.sweep(client) == [campaign.pk]


def test_it_sends_a_canary_at_once_then_every_5_sweeps(
    client: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(beat, "sweep", lambda _: sent.append("sweep"))
    monkeypatch.setattr(beat, "send_canary", lambda _: sent.append("canary"))
    beat.run("me", client, Ticks(6))  # type: ignore[arg-type]
    assert sent == ["sweep", "canary", *["sweep"] * 5, "canary"]


def test_where_another_leads_it_does_nothing(
    client: redis.Redis, rung: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beat, "send_canary", lambda _: pytest.fail("sent"))
    _, source = worlds.festival()
    worlds.append(source, worlds.payment("a"))
    leases.take("beat", "another", now_ms(), 60_000)
    beat.run("me", client, Ticks(3))  # type: ignore[arg-type]
    assert rung == []


def test_it_gives_the_lease_back_when_it_ends(
    client: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beat, "send_canary", lambda _: None)
    beat.run("me", client, Ticks(1))  # type: ignore[arg-type]
    assert Lease.objects.get(name="beat").until_ms == 0


def test_a_redis_that_is_away_does_not_end_it(
    client: redis.Redis, rung: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    _, source = worlds.festival()
    worlds.append(source, worlds.payment("a"))
    nowhere = redis.Redis.from_url("unix:///nowhere/redis.sock")
    beat.run("me", nowhere, Ticks(2))  # type: ignore[arg-type]
    assert caplog.messages == ["not swept, trying again error=ConnectionError"] * 2
