import asyncio

import pytest

from dashboard.live import strain
from dashboard.pulse.in_force import InForce
from dashboard.store.tables import Campaign
from tests.frames import snapshot
from tests.live.conftest import Pulse, socket
from tests.live.test_consumers import closed
from tests.worlds import festival

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live")]
KIOSK = {"authorization": "Bearer wall"}


@pytest.fixture(autouse=True)
def campaign(pulse: Pulse) -> Campaign:
    pulse.snapshot = snapshot(epoch=1, seq=4)
    return festival(visibility="public", read_token="wall")[0]


async def test_the_public_is_sent_away_to_the_snapshot_and_a_wall_stays(pulse: Pulse) -> None:
    somebody, wall = socket(), socket(**KIOSK)
    assert (await somebody.connect())[0] and (await wall.connect())[0]
    pulse.level = 4
    assert await closed(somebody) == 4429
    late = socket()
    await late.connect()
    assert await closed(late) == 4429
    again = socket(**KIOSK)
    assert (await again.connect())[0]
    assert "snapshot" in await again.receive_from()
    assert "snapshot" in await wall.receive_from()
    await wall.disconnect()
    await again.disconnect()


async def test_below_that_level_everybody_stays(pulse: Pulse) -> None:
    pulse.level = 3
    client = socket()
    assert (await client.connect())[0]
    assert "snapshot" in await client.receive_from()
    await client.disconnect()


async def test_a_loop_that_is_blocked_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strain, "WAKE_S", -3.0)  # due three seconds ago
    load = InForce(lambda: 0)
    for _ in range(4):
        await strain.watch_loop(load)
    assert load.degrade.name == "animation"


class Leaving:
    """A socket that has gone once it is sent away; a stuck one never goes."""

    def __init__(self, stuck: bool) -> None:
        self.gone, self._stuck = asyncio.Event(), stuck

    async def turn_away(self) -> None:
        if self._stuck:
            await asyncio.Event().wait()
        self.gone.set()


async def test_who_does_not_read_delays_nobody_else_s_way() -> None:
    reader = Leaving(stuck=False)
    public: set[strain.Turnable] = {reader, *(Leaving(stuck=True) for _ in range(20))}
    following = asyncio.create_task(strain.follow(InForce(lambda: 4), public))
    async with asyncio.timeout(4):
        await reader.gone.wait()
    following.cancel()
