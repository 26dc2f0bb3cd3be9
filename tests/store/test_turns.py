import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
import redis

from dashboard.store import tallies, turns
from tests import valkey

CAMPAIGN = 1


@pytest.fixture
def client() -> Iterator[redis.Redis]:
    with valkey.running() as client:
        yield client


def hold(client: redis.Redis, where: str, pid: int) -> None:
    client.set(tallies.key(CAMPAIGN, "turn"), f"{where} {pid}", px=60_000)


@pytest.fixture
def dead() -> int:
    """The number of a process that is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        return process.pid


def test_one_has_the_turn_until_it_is_given_back(client: redis.Redis) -> None:
    assert turns.try_turn(client, CAMPAIGN, 60_000)
    assert not turns.try_turn(client, CAMPAIGN, 60_000)
    turns.end_turn(client, CAMPAIGN)
    assert turns.try_turn(client, CAMPAIGN, 60_000)


def test_the_turn_of_a_process_that_died_here_is_over(client: redis.Redis, dead: int) -> None:
    hold(client, turns.WHERE, dead)
    assert turns.try_turn(client, CAMPAIGN, 60_000)
    assert not turns.try_turn(client, CAMPAIGN, 60_000)
    assert 0 < client.pttl(tallies.key(CAMPAIGN, "turn")) <= 60_000


@pytest.mark.parametrize("where", ["another boot pid:[1]", ""])
def test_of_another_machines_processes_nothing_is_known(
    client: redis.Redis, dead: int, where: str
) -> None:
    hold(client, where, dead)
    assert not turns.try_turn(client, CAMPAIGN, 60_000)


def test_who_lives_keeps_the_turn(client: redis.Redis) -> None:
    hold(client, turns.WHERE, os.getppid())
    assert not turns.try_turn(client, CAMPAIGN, 60_000)


def test_who_takes_over_a_dead_worker_s_turn_to_look_leaves_its_death_to_be_counted(
    client: redis.Redis, dead: int
) -> None:
    turns.begin(client, CAMPAIGN, (3, 5))
    hold(client, turns.WHERE, dead)
    with turns.turn(client, CAMPAIGN, 60_000):
        assert not turns.try_turn(client, CAMPAIGN, 60_000)
    assert turns.try_turn(client, CAMPAIGN, 60_000)
    assert turns.died(client, CAMPAIGN) == (3, 5)
