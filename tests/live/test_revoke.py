"""H20: who loses the right to watch while watching is told to go, and does not wait for a minute.

The minute's own look is as far off here as anywhere: what closes these sockets is the message.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from django.test import Client

from dashboard.live import consumers, revoke
from dashboard.store import pairings, screens
from dashboard.store.tables import Campaign, Screen
from gmvboard.clock import now_ms
from tests.frames import snapshot
from tests.live.conftest import Pulse, Watcher, socket
from tests.worlds import festival

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live")]
OWN = "http://localhost:8000"


class FromAnyThread:
    """The tests' layer, which is of their event loop alone."""

    def __init__(self, pulse: Pulse) -> None:
        self._layer, self._loop = pulse.layer, asyncio.get_running_loop()

    async def group_send(self, group: str, message: dict[str, str]) -> None:
        sending = self._layer.group_send(group, message)
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(sending, self._loop))


@pytest.fixture(autouse=True)
async def told_through(pulse: Pulse, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    layer = FromAnyThread(pulse)
    monkeypatch.setattr(revoke, "get_channel_layer", lambda: layer)
    pulse.snapshot = snapshot()
    yield
    await asyncio.to_thread(revoke.finish)


@sync_to_async
def paired() -> str:
    """The cookie of a wall that was paired with a new campaign."""
    festival("festival")
    token, pairing = pairings.begin("festival", "192.0.2.7", now_ms())
    pairings.confirm(pairing.code, "lena", now_ms())
    return f"gmv_wall_festival={token}"


@sync_to_async
def logged_in() -> tuple[str, Client]:
    """The cookie of a member of staff who looks at a new campaign, and that person's browser."""
    festival("festival", visibility="staff")
    browser = Client()
    browser.force_login(get_user_model().objects.create_user("lena", is_staff=True))
    return f"sessionid={browser.cookies['sessionid'].value}", browser


async def watching(cookie: str) -> Watcher:
    client = socket(origin=OWN, cookie=cookie)
    assert (await client.connect())[0]
    await client.receive_from()
    return client


async def closed(client: Watcher) -> Any:
    """The code that the socket is closed with; what is told before is skipped."""
    while (message := await client.receive_output())["type"] != "websocket.close":
        pass
    await client.disconnect()
    return message["code"]


async def still_told(client: Watcher) -> bool:
    """Whether the figures go on, told ten times more."""
    told = [(await client.receive_output())["type"] for _ in range(10)]
    await client.disconnect()
    return set(told) == {"websocket.send"}


def _revoke() -> None:
    screens.revoke(Screen.objects.get().pk, now_ms())


def _make_the_rehearsal_anew() -> None:
    Campaign.objects.get().delete()
    festival("festival")


@pytest.mark.parametrize("end", [_revoke, _make_the_rehearsal_anew])
async def test_a_wall_whose_pairing_ends_is_closed(end: Callable[[], None]) -> None:
    client = await watching(await paired())
    await sync_to_async(end)()
    assert await closed(client) == 4401


def _change_the_password() -> None:
    lena = get_user_model().objects.get()
    lena.set_password("another one, long enough")
    lena.save()


def _deactivate() -> None:
    lena = get_user_model().objects.get()
    lena.is_active = False
    lena.save()


def _delete() -> None:
    get_user_model().objects.get().delete()


@pytest.mark.parametrize("end", [_change_the_password, _deactivate, _delete])
async def test_staff_whose_login_ends_are_closed_s12(end: Callable[[], None]) -> None:
    client = await watching((await logged_in())[0])
    await sync_to_async(end)()
    assert await closed(client) == 4401


async def test_staff_who_log_out_are_closed_s12() -> None:
    cookie, browser = await logged_in()
    client = await watching(cookie)
    await sync_to_async(browser.logout)()
    assert await closed(client) == 4401


async def test_who_may_still_watch_is_asked_and_stays() -> None:
    client = await watching(await paired())
    await sync_to_async(revoke.tell)()
    assert await still_told(client)


async def test_whoever_brought_a_cookie_comes_anew_after_twelve_hours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert consumers.MAX_AGE_S == 12 * 3600
    monkeypatch.setattr(consumers, "MAX_AGE_S", 0)
    assert await closed(await watching(await paired())) == 1012


async def test_who_still_waits_for_the_first_figures_is_asked_as_well(pulse: Pulse) -> None:
    pulse.snapshot = None
    client = socket(origin=OWN, cookie=await paired())
    assert (await client.connect())[0]
    await sync_to_async(_revoke)()
    assert await closed(client) == 4401


async def test_who_still_waits_for_the_first_figures_comes_anew_after_twelve_hours(
    pulse: Pulse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "MAX_AGE_S", 0)
    pulse.snapshot = None
    client = socket(origin=OWN, cookie=await paired())
    assert (await client.connect())[0]
    assert await closed(client) == 1012


async def test_the_public_stays_for_as_long_as_it_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "MAX_AGE_S", 0)
    await sync_to_async(festival)("festival", visibility="public")
    client = await watching("")
    await sync_to_async(revoke.tell)()
    assert await still_told(client)


def test_the_time_of_a_login_takes_nothing_from_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    monkeypatch.setattr(revoke, "tell", lambda: told.append(True))
    lena = get_user_model().objects.create_user("lena", is_staff=True)
    lena.save(update_fields=["last_login"])
    assert told == []
    lena.save()
    assert told == [True]


class Hung:
    """A layer whose Redis never answers."""

    def __init__(self) -> None:
        self.asked = 0

    async def group_send(self, group: str, message: dict[str, str]) -> None:
        self.asked += 1
        await asyncio.Event().wait()


def test_a_redis_that_hangs_is_given_up_once_for_many_rights_and_nobody_waits_h11(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    layer = Hung()
    monkeypatch.setattr(revoke, "get_channel_layer", lambda: layer)
    monkeypatch.setattr(revoke, "_TIMEOUT_S", 0.5)
    for _ in range(1000):
        revoke.tell()
    assert layer.asked <= 1
    revoke.finish()
    assert layer.asked in {1, 2}
    assert set(caplog.messages) == {"sockets not told of an ended right error=TimeoutError"}
