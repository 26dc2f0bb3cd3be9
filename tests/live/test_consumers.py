import asyncio
import json
import logging
from typing import Any

import pytest
from django.db import DatabaseError

from dashboard.live import consumers
from dashboard.live.hub import SOCKETS
from dashboard.live.inbound import MAX_A_MINUTE
from dashboard.live.routing import sockets
from dashboard.live.running import Live
from dashboard.live.viewers import Viewers
from dashboard.store.tables import Campaign
from tests.frames import frame, snapshot
from tests.live.conftest import PATIENCE_S, Pulse, Watcher, socket
from tests.worlds import festival

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live")]
ASK = '{"type": "snapshot"}'
Message = tuple[str, int, int]


@pytest.fixture(autouse=True)
def campaign(pulse: Pulse) -> Campaign:
    pulse.snapshot = snapshot(epoch=1, seq=4)
    return festival(visibility="public")[0]


async def opened() -> Watcher:
    client = socket()
    assert (await client.connect())[0]
    return client


async def told(client: Watcher) -> Message:
    """Kind, epoch and number of the next message."""
    message = json.loads(await client.receive_from())
    return message["kind"], message["epoch"], message["seq"]


async def told_until(client: Watcher, last: Message) -> list[Message]:
    """What is told up to `last`, heartbeats left out."""
    messages: list[Message] = []
    while messages[-1:] != [last]:
        message = await told(client)
        if messages[-1:] != [message]:
            messages.append(message)
    return messages


async def closed(client: Watcher) -> Any:
    """The code that the socket is closed with; what is told before is skipped."""
    while (message := await client.receive_output())["type"] != "websocket.close":
        pass
    return message["code"]


async def test_the_snapshot_comes_first_then_each_frame(pulse: Pulse) -> None:
    client = await opened()
    assert await told(client) == ("snapshot", 1, 4)
    await pulse.publish(frame(seq=5))
    await told_until(client, ("frame", 1, 5))
    await pulse.publish(frame(seq=6))
    assert await told_until(client, ("frame", 1, 6)) == [("frame", 1, 6)]
    await client.disconnect()


async def test_a_frame_older_than_the_snapshot_is_not_sent(pulse: Pulse) -> None:
    first = await opened()
    await pulse.publish(frame(seq=5))
    await told_until(first, ("frame", 1, 5))
    pulse.snapshot = snapshot(seq=7)
    late = await opened()
    assert await told(late) == ("snapshot", 1, 7)
    await pulse.publish(frame(seq=6))
    await pulse.publish(frame(seq=8))
    assert await told_until(late, ("frame", 1, 8)) == [("frame", 1, 8)]
    await first.disconnect()
    await late.disconnect()


async def test_the_timer_brings_frames_that_the_layer_does_not_deliver(pulse: Pulse) -> None:
    client = await opened()
    pulse.frame = frame(seq=9)
    await told_until(client, ("frame", 1, 9))
    await client.disconnect()


async def test_while_the_pulse_is_dead_the_newest_figures_are_told_again() -> None:
    client = await opened()
    assert [await told(client) for _ in range(3)] == [("snapshot", 1, 4), *[("frame", 1, 4)] * 2]
    await client.disconnect()


async def test_a_campaign_without_figures_tells_them_as_soon_as_there_are_some(
    pulse: Pulse,
) -> None:
    pulse.snapshot = None
    client = await opened()
    assert await client.receive_nothing()
    pulse.snapshot = snapshot(seq=1)
    assert await told(client) == ("snapshot", 1, 1)
    await client.disconnect()


async def test_the_snapshot_is_told_again_to_who_asks() -> None:
    client = await opened()
    await client.send_to(ASK)
    told_twice = [("snapshot", 1, 4)] * 2
    async with asyncio.timeout(PATIENCE_S):
        while told_twice:
            if await told(client) in told_twice:  # heartbeats come between
                told_twice.pop()
    await client.disconnect()


@pytest.mark.parametrize("message", ["hello", '{"type": "subscribe"}', "x" * 5000])
async def test_any_other_message_closes_the_socket_with_1008(message: str) -> None:
    client = await opened()
    await client.send_to(message)
    assert await closed(client) == 1008
    await client.disconnect()


async def test_bytes_close_the_socket_with_1008() -> None:
    client = await opened()
    await client.send_to(bytes_data=b"\0")
    assert await closed(client) == 1008
    await client.disconnect()


async def test_a_flood_closes_the_socket_with_1008() -> None:
    client = await opened()
    for _ in range(MAX_A_MINUTE + 1):
        await client.send_to(ASK)
    assert await closed(client) == 1008
    await client.disconnect()


async def test_a_socket_that_has_gone_is_no_longer_counted() -> None:
    client = await opened()
    before = SOCKETS.labels("festival")._value.get()
    await client.disconnect()
    assert [before, SOCKETS.labels("festival")._value.get()] == [1, 0]


async def test_above_the_budget_the_socket_is_closed_with_4429(live: Live) -> None:
    live.viewers = Viewers(1, for_kiosks=0, for_staff=0, an_address=1, a_user=1)
    first, second = await opened(), await opened()
    assert await closed(second) == 4429
    await first.disconnect()
    third = await opened()
    assert await told(third) == ("snapshot", 1, 4)
    await third.disconnect()


async def test_access_that_ended_closes_the_socket_with_4401(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "RECHECK_S", 0)
    client = await opened()
    campaign.visibility = Campaign.STAFF
    await campaign.asave()
    assert await closed(client) == 4401
    await client.disconnect()


async def test_access_that_ends_before_there_are_figures_closes_the_socket_with_4401(
    campaign: Campaign, pulse: Pulse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "RECHECK_S", 0)
    pulse.snapshot = None
    client = await opened()
    campaign.visibility = Campaign.STAFF
    await campaign.asave()
    assert await closed(client) == 4401
    await client.disconnect()


async def test_without_a_database_the_caller_is_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(slug: str) -> None:
        raise DatabaseError("away")

    monkeypatch.setattr("dashboard.store.campaigns.by_slug", away)
    client = socket()
    await client.connect()
    assert await closed(client) == 1013


async def test_what_cannot_be_sent_closes_the_socket_and_is_logged_once(
    pulse: Pulse, caplog: pytest.LogCaptureFixture
) -> None:
    pulse.snapshot = b'{"not": "a snapshot"}'
    client = await opened()
    assert await closed(client) == 1011
    assert [record.getMessage() for record in caplog.records] == ["socket failed campaign=festival"]
    await client.disconnect()


@pytest.mark.parametrize(
    "path", ["/", "/ws/", "/ws/campaigns/festival", "/ws/campaigns/festival/x", "/ws/nothing/"]
)
async def test_an_unknown_path_is_refused_without_a_traceback(
    path: str, caplog: pytest.LogCaptureFixture
) -> None:
    """H22, S34."""
    assert await socket(path).connect() == (False, 1000)
    assert caplog.records == []


async def test_a_client_that_goes_while_it_is_told_is_no_failure(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told, heard = asyncio.Event(), asyncio.Queue[dict[str, str]]()
    heard.put_nowait({"type": "websocket.connect"})

    async def send(message: dict[str, Any]) -> None:
        if message["type"] != "websocket.accept":
            told.set()
            raise OSError("gone")

    scope = socket().scope
    serving = asyncio.create_task(sockets(scope, heard.get, send))
    async with asyncio.timeout(4):
        await told.wait()
        heard.put_nowait({"type": "websocket.disconnect", "code": "1006"})
        await serving
    assert [one.levelname for one in caplog.records if one.levelno > logging.INFO] == []
    assert SOCKETS.labels("festival")._value.get() == 0
