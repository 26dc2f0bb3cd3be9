"""A server that ends sees its sockets off (H23)."""

import asyncio
import json
import random
from collections.abc import Iterator

import pytest

from dashboard.live import drain
from dashboard.live.drain import SPREAD_S
from dashboard.live.running import Live
from dashboard.store.tables import Campaign
from gmvboard.draining import draining
from tests.frames import snapshot
from tests.live.conftest import Pulse, socket
from tests.live.test_round import FakeLine
from tests.worlds import festival

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def campaign(pulse: Pulse) -> Campaign:
    pulse.snapshot = snapshot()
    return festival(visibility="public")[0]


@pytest.fixture(autouse=True)
def ending(live: Live, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(drain, "running", lambda: live)
    monkeypatch.setattr(drain, "_LOOK_S", 0)
    yield
    draining.clear()


async def test_sockets_are_asked_to_come_back_and_awaited() -> None:
    client = socket()
    await client.connect()
    await client.receive_from()
    ending = asyncio.create_task(drain.drain(random.Random(1)))
    while (told := json.loads(await client.receive_from()))["kind"] == "frame":
        pass
    assert told["kind"] == "reconnect"
    assert 0 <= told["reconnect_in"] <= SPREAD_S
    assert not ending.done()
    await client.disconnect()
    await ending


async def test_who_comes_meanwhile_is_sent_away_with_1012() -> None:
    draining.set()
    client = socket()
    await client.connect()
    assert await client.receive_output() == {"type": "websocket.close", "code": 1012}


async def test_nobody_is_waited_for_where_nobody_is() -> None:
    await drain.drain()
    assert not draining.is_set()


def test_the_times_are_spread_over_ten_seconds_and_more(live: Live) -> None:
    lines = [FakeLine() for _ in range(200)]
    for line in lines:
        live.hub.join("festival", 1, line)
    drain._see_off(live, random.Random(1))
    told = [line.told[0] for line in lines]
    times = sorted(json.loads(one[one.index(b"{") :])["reconnect_in"] for one in told)
    assert times[-1] - times[0] > 10
    assert times[100] - times[50] > 2
