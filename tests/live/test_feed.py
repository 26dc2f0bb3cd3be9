import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest
from channels.layers import InMemoryChannelLayer
from channels_redis.pubsub import RedisPubSubChannelLayer

from dashboard.live import feed
from dashboard.live.hub import Hub
from dashboard.live.slot import Slot
from dashboard.live.snapshots import Snapshots
from dashboard.live.stamped import stamped
from dashboard.pulse.publish import GROUP, message
from tests import valkey
from tests.frames import frame, snapshot


class Flaky(InMemoryChannelLayer):  # type: ignore[misc]  # channels has no types
    """A layer that fails as often as it is told to, then works."""

    def __init__(self, failures: int) -> None:
        super().__init__()
        self.failures = failures
        self.joined: list[str] = []

    async def group_add(self, group: str, channel: str) -> None:
        self.joined.append(group)
        if self.failures:
            self.failures -= 1
            raise ConnectionError("away")
        await super().group_add(group, channel)


async def until(true: Callable[[], bool]) -> None:
    """Give way to the other tasks until something is true."""
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0)


def watching(hub: Hub) -> Slot:
    """The slot of a socket that has sent its snapshot."""
    slot = hub.join("festival", 1)
    slot.begin()
    return slot


async def seq_of(slot: Any) -> int:
    _, newest = await asyncio.wait_for(slot.take(), 4)
    return int(newest.stamp.seq)


@pytest.fixture
def hub() -> Hub:
    return Hub()


async def fed(hub: Hub, layer: Any, seq: int) -> int:
    """Publish a frame while `listen` runs for ever; the number that a watcher is told."""
    listening = asyncio.create_task(feed.forever(feed.listen, 0, hub, layer))
    slot = watching(hub)
    await until(lambda: GROUP in layer.groups)
    await layer.group_send(GROUP, message("festival", frame(seq=seq)))
    told = await seq_of(slot)
    listening.cancel()
    return told


async def test_frames_come_over_the_layer_in_the_form_the_pulse_gives_them(hub: Hub) -> None:
    assert await fed(hub, InMemoryChannelLayer(), 7) == 7


async def test_frames_come_over_redis_after_idling_longer_than_its_time_out(hub: Hub) -> None:
    """H1: an idle subscription is not mistaken for a dead one."""
    with valkey.running() as client:
        address = f"unix://{client.connection_pool.connection_kwargs['path']}"
        host = {"address": address, "socket_timeout": 0.3, "health_check_interval": 10}
        layer = RedisPubSubChannelLayer(hosts=[host])
        listening = asyncio.create_task(feed.listen(hub, layer))
        slot = watching(hub)
        await until(lambda: bool(client.pubsub_numsub("asgi__group__frames")[0][1]))
        await asyncio.to_thread(client.blpop, ["nothing"], 1)  # a second in which nothing comes
        await layer.group_send(GROUP, message("festival", frame(seq=7)))
        assert await seq_of(slot) == 7
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await layer.flush()


async def test_a_layer_that_was_away_is_joined_again_and_complained_of_once(
    hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    assert await fed(hub, Flaky(failures=3), 7) == 7
    assert len(caplog.records) == 1
    assert caplog.records[0].levelno == logging.WARNING


async def test_a_silent_layer_is_joined_anew(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "SILENCE_S", 0)
    layer = Flaky(failures=0)
    await feed.listen(hub, layer)
    await feed.listen(hub, layer)
    assert layer.joined == [GROUP, GROUP]
    assert layer.groups == {}


async def test_the_group_is_joined_again_now_and_then(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "REJOIN_S", 0)
    layer = Flaky(failures=0)
    await fed(hub, layer, 7)
    assert len(layer.joined) >= 2


async def test_a_message_that_is_no_frame_does_not_end_the_listening(
    hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    layer = InMemoryChannelLayer()
    listening = asyncio.create_task(feed.forever(feed.listen, 0, hub, layer))
    await until(lambda: GROUP in layer.groups)
    await layer.group_send(GROUP, {"type": "frame", "campaign": "festival", "frame": "[]"})
    await until(lambda: bool(caplog.records))
    assert not listening.done()
    listening.cancel()


async def test_the_timer_asks_for_what_is_watched(hub: Hub) -> None:
    slot = hub.join("festival", 12)
    slot.begin()
    asked: list[dict[str, int]] = []

    def read(watched: Any) -> list[bytes]:
        asked.append(watched)
        return [frame(seq=9)]

    await feed.refresh(hub, read)
    assert asked == [{"festival": 12}]
    assert await seq_of(slot) == 9


async def test_the_timer_asks_for_nothing_while_nobody_watches(hub: Hub) -> None:
    def read(watched: Any) -> list[bytes]:
        raise AssertionError(watched)

    await feed.refresh(hub, read)
    assert hub.campaigns() == {}


async def test_many_sockets_share_one_read_of_the_snapshot() -> None:
    reads: list[int] = []

    def read(campaign_id: int) -> bytes:
        reads.append(campaign_id)
        return snapshot(seq=5)

    shared = Snapshots(read)
    found = await asyncio.gather(*(shared.newest(1) for _ in range(50)))
    assert found == [stamped(snapshot(seq=5).decode())] * 50
    assert reads == [1]


async def test_a_socket_that_leaves_does_not_take_the_snapshot_from_the_others() -> None:
    shared = Snapshots(lambda campaign_id: snapshot(seq=5))
    leaving, staying = (asyncio.create_task(shared.newest(1)) for _ in range(2))
    await asyncio.sleep(0)
    leaving.cancel()
    found = await staying
    assert found is not None
    assert found.stamp.seq == 5
