"""F16: a master that is killed, and one that freezes and comes back: exact, and soon again."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import boards
from tests.boards import Board
from tests.faults.figures import record
from tests.path.watching import settled, snapshot
from tests.servers import redis_server
from tests.servers.fleet import amount, payment
from tests.servers.redis_server import RedisServer, Watched
from tests.standing import standing_still

# What a test waits for without hope; the figure itself is printed, and is 15 s at the most.
WITHIN_S = 60


@pytest.fixture(scope="module")
def watched() -> Iterator[Watched]:
    with redis_server.watched() as servers:
        yield servers


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, watched: Watched) -> Iterator[Board]:
    """A board whose Redis, broker and channel layer are whatever the Sentinels say."""
    folder: Path = tmp_path_factory.mktemp("sentinel") / "data"
    with boards.running(folder, REDIS_URL=watched.url) as running:
        yield running


class Shop:
    """Sends payments in order; all of them are accepted."""

    def __init__(self, board: Board, slug: str) -> None:
        window = {"start": "2026-11-10T16:00:00+00:00", "end": "2026-11-11T16:00:00+00:00"}
        self.board, self.slug, self.sent = board, slug, 0
        self.key = board.create_campaign(slug, **window)["ingest_key"]

    def send(self, count: int = 50) -> None:
        numbers = range(self.sent, self.sent + count)
        answer = self.board.post(self.slug, self.key, [payment(number) for number in numbers])
        assert answer.status_code == 202, answer.text
        self.sent += count

    @property
    def total(self) -> int:
        return sum(map(amount, range(self.sent)))


def send_until_shown(shop: Shop, board: Board) -> float:
    """Send on until everything is shown; return how many seconds it took."""
    began = time.monotonic()
    shop.send()
    while snapshot(board, shop.slug).get("turnover", {}).get("gross") != shop.total:
        assert time.monotonic() - began < WITHIN_S, board.tail()
        if time.monotonic() - began < 5:
            shop.send()
        time.sleep(0.2)
    return time.monotonic() - began


def until_master_is_another(watched: Watched, old: RedisServer) -> None:
    until = time.monotonic() + WITHIN_S
    while watched.master() is old:
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_killed_master_is_followed_by_its_replica(board: Board, watched: Watched) -> None:
    shop = Shop(board, "killed-master")
    shop.send()
    settled(board, shop.slug, shop.total)
    old = watched.master()
    old.kill()
    record("F16", "master killed", f"shown again after {send_until_shown(shop, board):.1f} s")
    assert watched.master() is not old
    old.start()
    board.manage("reconcile", shop.slug)


def test_a_frozen_master_that_comes_back_takes_nothing_with_it(
    board: Board, watched: Watched
) -> None:
    shop = Shop(board, "frozen-master")
    shop.send()
    settled(board, shop.slug, shop.total)
    old = watched.master()
    with standing_still(old.server.pid):
        until_master_is_another(watched, old)
        shop.send()
    record("F16", "master frozen", f"shown again after {send_until_shown(shop, board):.1f} s")
    settled(board, shop.slug, shop.total)
    board.manage("reconcile", shop.slug)
