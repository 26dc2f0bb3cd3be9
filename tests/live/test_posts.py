"""The socket of the staff page of posts: who may look, what is told, and when it ends (S12)."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import DatabaseError
from django.test import Client

from dashboard.live import consumers, posts, revoke
from dashboard.live.posts import Looker, Posts
from dashboard.store import desk
from dashboard.store.tables import Post
from tests.live.conftest import Pulse, Watcher, socket
from tests.live.test_revoke import FromAnyThread, closed
from tests.store.posts import LENA, feed, post
from tests.worlds import festival

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live")]
PATH, OWN = "/ws/staff/festival/posts/", "http://localhost:8000"


@pytest.fixture(autouse=True)
async def told_through(pulse: Pulse, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    layer = FromAnyThread(pulse)
    monkeypatch.setattr(revoke, "get_channel_layer", lambda: layer)
    yield
    await asyncio.to_thread(revoke.finish)


@sync_to_async
def lena(*may: str, **fields: Any) -> str:
    """The cookie of somebody who has just logged in, with these permissions; staff."""
    user = get_user_model().objects.create_user("lena", **{"is_staff": True, **fields})
    user.user_permissions.set(Permission.objects.filter(codename__in=may))
    browser = Client()
    browser.force_login(user)
    return f"sessionid={browser.cookies['sessionid'].value}"


async def looking() -> Watcher:
    client = socket(PATH, origin=OWN, cookie=await lena("view_post"))
    assert (await client.connect())[0]
    return client


async def next_state(client: Watcher) -> Any:
    """The next document; beats between are skipped."""
    while (told := json.loads(await client.receive_from()))["kind"] == "beat":
        assert set(told) == {"kind", "sent_at"}
    return told


@pytest.mark.parametrize(
    ("may", "fields", "origin"),
    [
        ((), {}, OWN),
        (("approve_post",), {}, OWN),
        (("view_post",), {"is_staff": False}, OWN),
        (("view_post",), {"is_active": False}, OWN),
        (("view_post",), {}, "http://localhost"),
        (("view_post",), {}, "https://evil.example"),
        (("view_post",), {}, "null"),
    ],
)
async def test_who_may_not_look_is_refused_s12(
    may: tuple[str, ...], fields: dict[str, bool], origin: str
) -> None:
    await sync_to_async(festival)(visibility="public")
    client = socket(PATH, origin=origin, cookie=await lena(*may, **fields))
    assert await client.connect() == (False, 1000)


async def test_without_a_session_a_campaign_or_our_host_nobody_looks_s12() -> None:
    await sync_to_async(festival)(visibility="public", read_token="gmv_read_1")
    assert not (await socket(PATH, authorization="Bearer gmv_read_1").connect())[0]
    cookie = await lena("view_post")
    other = socket("/ws/staff/other/posts/", origin=OWN, cookie=cookie)
    assert not (await other.connect())[0]
    evil = socket(PATH, origin=OWN, cookie=cookie, host="evil.example")
    assert not (await evil.connect())[0]


async def test_the_whole_state_comes_first_and_anew_with_each_change() -> None:
    one = await sync_to_async(post)()
    client = await looking()
    (shown,) = (await next_state(client))["posts"]
    assert (shown["id"], shown["state"]) == (one.pk, "proposed")
    await sync_to_async(desk.withdraw)(Post.objects.all(), one.pk, "wrong", LENA)
    assert [each["state"] for each in (await next_state(client))["posts"]] == ["withdrawn"]
    await client.disconnect()


async def test_while_nothing_changes_the_time_alone_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(posts, "BEAT_S", 0)
    await sync_to_async(feed)()
    client = await looking()
    await next_state(client)
    assert json.loads(await client.receive_from())["kind"] == "beat"
    await client.disconnect()


async def test_who_asks_is_told_the_state_again() -> None:
    await sync_to_async(feed)()
    client = await looking()
    first = await next_state(client)
    await client.send_to(text_data='{"type":"snapshot"}')
    assert (await next_state(client))["feeds"] == first["feeds"]
    await client.disconnect()


async def test_any_other_message_closes_it_s16() -> None:
    await sync_to_async(feed)()
    client = await looking()
    await client.send_to(text_data='{"type":"approve"}')
    assert await closed(client) == 1008


async def test_a_permission_taken_away_closes_it_at_the_next_look_s12(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert consumers.RECHECK_S == 60
    monkeypatch.setattr(consumers, "RECHECK_S", 0)
    await sync_to_async(feed)()
    client = await looking()
    await next_state(client)
    user = await get_user_model().objects.aget()
    await sync_to_async(user.user_permissions.clear)()
    assert await closed(client) == 4401


def _deactivate() -> None:
    user = get_user_model().objects.get()
    user.is_active = False
    user.save()


async def test_a_login_that_ends_closes_it_at_once_s12() -> None:
    await sync_to_async(feed)()
    client = await looking()
    await next_state(client)
    await sync_to_async(_deactivate)()
    assert await closed(client) == 4401


async def test_whoever_looks_comes_anew_after_twelve_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "MAX_AGE_S", 0)
    await sync_to_async(feed)()
    assert await closed(await looking()) == 1012


async def test_many_sockets_share_one_look_and_without_one_nobody_looks() -> None:
    asked: list[int] = []

    def read(campaign_id: int) -> bytes:
        asked.append(campaign_id)
        return b'{"kind":"posts"}'

    before, all_ = asyncio.all_tasks(), Posts(read, lambda: None)
    lookers = [all_.join(7) for _ in range(100)]
    for looker in lookers:
        assert await looker.take(60) == (True, b'{"kind":"posts"}')
    assert len(asked) < 50
    for looker in lookers:
        all_.leave(looker)
        all_.leave(looker)
    while asyncio.all_tasks() != before:
        await asyncio.sleep(0)


async def test_a_database_that_fails_is_silence_and_then_goes_on() -> None:
    failures = iter([DatabaseError("away")])

    def read(_: int) -> bytes:
        for failure in failures:
            raise failure
        return b"{}"

    all_ = Posts(read, lambda: None)
    looker = all_.join(7)
    assert await looker.take(60) == (True, b"{}")
    all_.leave(looker)


async def test_while_nothing_changes_the_document_is_read_once_and_then_at_each_sign() -> None:
    read, sign, told = 0, 0, [b"{}", b'{"n":1}']

    def document(_: int) -> bytes:
        nonlocal read
        read += 1
        return told[read - 1]

    all_ = Posts(document, lambda: sign)
    looker = all_.join(7)
    assert await looker.take(60) == (True, b"{}")
    await all_._look()
    assert read == 1
    sign = 1
    assert await looker.take(60) == (True, b'{"n":1}')
    all_.leave(looker)


async def test_what_no_sign_tells_is_read_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posts, "ANEW_S", 0)
    told = iter([b"{}", b'{"n":1}', *[b'{"n":2}'] * 10_000])
    all_ = Posts(lambda _: next(told), lambda: None)
    looker = all_.join(7)
    while (await looker.take(60))[1] != b'{"n":2}':
        pass
    all_.leave(looker)


async def test_of_several_changes_the_last_is_told_alone() -> None:
    looker = Looker(7)
    for number in range(3):
        looker.offer(b'{"n":%d}' % number, 0.0)
    assert await looker.take(60) == (True, b'{"n":2}')
    assert await looker.take(0) == (False, None)
