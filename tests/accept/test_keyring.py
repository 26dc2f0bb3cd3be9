import asyncio
import threading
from collections.abc import AsyncIterator

import pytest
from django.db import OperationalError

from dashboard.accept.keyring import PATIENCE_S, FreshKeyring
from dashboard.accept.problems import Problem
from dashboard.store.keys import Keyring


class World:
    """A clock set by hand, and a database that counts how often it was read."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.loads = 0
        self.failure: Exception | None = None
        self.keyring = FreshKeyring(self.load, lambda: self.now_s)

    def load(self) -> Keyring:
        self.loads += 1
        if self.failure:
            raise self.failure
        return Keyring(frozenset({str(self.loads)}), {}, {})

    async def version(self) -> str:
        return next(iter((await self.keyring.get()).campaigns))


@pytest.fixture
async def world() -> AsyncIterator[World]:
    world = World()
    yield world
    await world.keyring.close()


async def test_it_is_read_once_for_many_requests(world: World) -> None:
    assert set(await asyncio.gather(*[world.version() for _ in range(50)])) == {"1"}
    world.now_s += 0.9
    assert await world.version() == "1"
    assert world.loads == 1


async def test_after_a_second_it_is_renewed_beside_the_request(world: World) -> None:
    await world.version()
    world.now_s += 1
    assert await world.version() == "1"
    assert world.keyring._renewal
    await world.keyring._renewal
    assert await world.version() == "2"


async def test_after_two_seconds_nobody_is_let_in_by_the_old_one(world: World) -> None:
    await world.version()
    world.now_s += 2
    assert await world.version() == "2"


async def test_without_a_database_it_is_503_and_logged_once(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.failure = OperationalError("away")
    with pytest.raises(Problem) as raised:
        await world.version()
    assert raised.value.status == 503
    assert len(caplog.records) == 1
    world.failure = None
    assert await world.version() == "2"


async def test_a_database_that_hangs_keeps_nobody_for_two_seconds_r6(world: World) -> None:
    await world.version()
    answered = threading.Event()

    def hang() -> Keyring:
        assert answered.wait(10)
        return Keyring(frozenset({"late"}), {}, {})

    world.keyring._load = hang
    world.now_s += 2
    world.keyring._renewal = asyncio.create_task(world.keyring._renew())
    world.keyring._asked_s = world.now_s - PATIENCE_S  # asked so long ago
    with pytest.raises(Problem):
        await world.version()
    answered.set()
    await world.keyring._renewal
    assert await world.version() == "late"
