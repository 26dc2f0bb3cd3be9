"""The pulse over the real tallies, as they are emptied, rebuilt and altered."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import redis

from dashboard.pulse import facts as facts_of
from dashboard.pulse import publish
from dashboard.pulse.channel import Channel
from dashboard.pulse.source import RedisSource
from dashboard.store import tallies
from dashboard.tally.rebuild import rebuild
from dashboard.tally.settle import settle
from tests import valkey
from tests.pulse.fakes import MINUTE
from tests.worlds import MIDNIGHT_MS, append, festival, payment

pytestmark = pytest.mark.django_db

NOW = MIDNIGHT_MS + 60_000


@pytest.fixture(scope="module")
def server() -> Iterator[redis.Redis]:
    with valkey.running() as client:
        yield client


class World:
    """A campaign whose payments are counted by the real tally, and its channel."""

    def __init__(self, client: redis.Redis) -> None:
        client.flushall()
        self.client = client
        self.campaign, self.source = festival()
        self.channel = Channel(RedisSource(client), facts_of.read(self.campaign, "1"), NOW)
        self.now_ms = NOW

    def pay(self, amount: int) -> None:
        append(self.source, payment(str(amount), amount, buyer="b", platform="tmall"))
        settle(self.client, self.campaign.pk)

    def tick(self) -> tuple[int, bool, int]:
        """Return total, healing and epoch of the frame that comes next."""
        self.now_ms += 2_000
        told = self.channel.tick(self.now_ms, slow=True)
        assert told
        frame = msgspec.json.decode(told)
        return frame["turnover"]["gross"], frame["healing"], frame["epoch"]

    def snapshot(self) -> Any:
        told = publish.newest_snapshot(self.client, self.campaign.pk)
        assert told
        return msgspec.json.decode(told)


def test_a_redis_that_is_emptied_is_held_and_then_exact(server: redis.Redis) -> None:
    world = World(server)
    world.pay(100)
    world.pay(20)
    _, _, epoch = world.tick()
    server.flushall()
    assert world.tick() == (120, True, epoch)
    assert [row[1] for row in world.snapshot()["minutes"]] == [120, 0]
    world.pay(3)
    total, healing, later = world.tick()
    assert (total, healing, later > epoch) == (123, False, True)
    assert world.snapshot()["by"]["platform"]["tmall"]["gross"] == 123


def test_a_rebuild_beside_the_running_board_shows_as_a_new_epoch_only(server: redis.Redis) -> None:
    world = World(server)
    world.pay(100)
    _, _, epoch = world.tick()
    rebuild(server, world.campaign.pk)
    total, healing, later = world.tick()
    assert (total, healing, later > epoch) == (100, False, True)


def test_a_figure_altered_by_hand_is_mended_by_a_rebuild(server: redis.Redis) -> None:
    world = World(server)
    world.pay(100)
    name = tallies.live_name(server, world.campaign.pk)
    server.hset(tallies.key(world.campaign.pk, name, f"m:{MINUTE}"), "total", "1000 0 1")
    assert world.tick()[0] == 1_000
    rebuild(server, world.campaign.pk)
    assert world.tick()[:2] == (100, False)


def test_figures_follow_each_batch(server: redis.Redis) -> None:
    world = World(server)
    totals = []
    for amount in (1, 20, 300):
        world.pay(amount)
        totals.append(world.tick()[0])
    assert totals == [1, 21, 321]
    assert world.snapshot()["buyers"] == 1
