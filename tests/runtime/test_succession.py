"""A server that is told to end and another that follows it: first alone, then on a real board."""

import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from websockets.sync.client import connect

from dashboard.runtime.child import Child, Keeper
from dashboard.runtime.succession import Succession
from tests import boards
from tests.boards import PROJECT, Board
from tests.runtime.test_supervisor import until

# Says when it serves, where it is let; told to end, it notes whether it was followed, and ends.
SERVER = """
import asyncio, signal, sys
sys.path.insert(0, {project!r})
from dashboard.runtime.succession import Succession

def note(what):
    with open({diary!r}, "a") as diary:
        diary.write(what + " ")

async def main():
    told, line = asyncio.Event(), Succession.from_environment()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    note("serves")
    line.serves()
    await told.wait()
    note("followed" if await line.followed() else "alone")

asyncio.run(main())
"""


class Diary:
    """What servers have noted, and a keeper that runs them."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "diary"
        code = SERVER.format(project=str(PROJECT), diary=str(self.path))
        self.child = Child(name="server", argv=(sys.executable, "-S", "-c", code), says=True)

    @property
    def words(self) -> list[str]:
        return self.path.read_text().split() if self.path.exists() else []


@pytest.fixture
def diary(tmp_path: Path) -> Diary:
    return Diary(tmp_path)


async def test_one_that_is_told_to_end_stays_until_another_serves(diary: Diary) -> None:
    keeper = Keeper(diary.child)
    await until(lambda: diary.words == ["serves"])
    first = keeper.pid
    os.kill(first or 0, signal.SIGTERM)
    await until(lambda: len(diary.words) == 3)
    assert diary.words == ["serves", "serves", "followed"]
    assert keeper.pid not in {None, first}
    await keeper.stop()
    assert diary.words[3:] == ["alone"]


async def test_one_whose_keeper_stops_is_followed_by_none(diary: Diary) -> None:
    keeper = Keeper(diary.child)
    await until(lambda: diary.words == ["serves"])
    await keeper.stop()
    assert diary.words == ["serves", "alone"]


LEAVER = """
import os, signal, socket, time
line = socket.socket(fileno=int(os.environ["KEEPER_LINE"]))
signal.signal(signal.SIGINT, signal.SIG_IGN)
line.send(b"sl")
time.sleep(600)
"""


async def test_ctrl_c_ends_one_that_leaves_within_its_grace(tmp_path: Path) -> None:
    """As many seconds as it would have to see its callers off are not waited for."""
    once = tmp_path / "once"
    code = f"import pathlib; pathlib.Path({str(once)!r}).touch(exist_ok=False)\n{LEAVER}"
    argv = (sys.executable, "-S", "-c", code)
    keeper = Keeper(Child(name="leaver", argv=argv, says=True, grace_s=0.2, drain_s=600))
    await until(lambda: keeper._leaving)
    assert keeper.pid not in {life.process.pid for life in keeper._leaving}
    async with asyncio.timeout(60):
        await keeper.stop(at_once=True)


async def test_only_one_that_says_when_it_leaves_is_given_the_line(tmp_path: Path) -> None:
    note = tmp_path / "note"
    code = f"import os; open({str(note)!r}, 'w').write(os.environ.get('KEEPER_LINE', 'none'))"
    argv = (sys.executable, "-S", "-c", code)
    keeper = Keeper(Child(name="worker", argv=argv, final=frozenset({0})))
    await until(lambda: keeper.over)
    assert note.read_text() == "none"


async def test_one_that_nobody_keeps_is_followed_by_none() -> None:
    assert not await Succession().followed()


@contextmanager
def calling(url: str, answers: list[int]) -> Iterator[None]:
    """Ask the board whether it is well while the block lasts, each time as a new caller."""
    over = threading.Event()

    def call() -> None:
        while not over.is_set():
            try:
                answers.append(httpx.get(f"{url}/healthz", trust_env=False).status_code)
            except httpx.HTTPError:
                answers.append(0)

    caller = threading.Thread(target=call)
    caller.start()
    try:
        yield
    finally:
        over.set()
        caller.join()


def wait_for(true: Callable[[], object]) -> None:
    limit = time.monotonic() + 60
    while not true():
        assert time.monotonic() < limit
        time.sleep(0.05)


@pytest.mark.parametrize("server", ["daphne", "uvicorn"])
def test_a_deploy_of_the_web_server_turns_no_caller_away_and_moves_every_socket(
    server: str, tmp_path: Path
) -> None:
    with boards.running(tmp_path / "data", "--server", server) as board:
        board.create_campaign("deployed")
        first, answers = board.pids[server], list[int]()
        with connect(f"ws://127.0.0.1:{board.port}/ws/campaigns/deployed/", proxy=None) as wall:
            wall.recv(timeout=60)
            with calling(board.url, answers):
                os.kill(first, signal.SIGTERM)
                while '"kind":"reconnect"' not in str(wall.recv(timeout=60)):
                    pass
                assert board.pids[server] != first
            wall.close()
        assert set(answers) == {200}
        wait_for(lambda: not Path(f"/proc/{first}").exists())
        assert board.http.get("/readyz").status_code == 200
        assert "died name" not in board.log()


@pytest.mark.parametrize("role", ["worker", "pulse"])
def test_who_counts_or_composes_is_followed_before_it_ends(board: Board, role: str) -> None:
    first = board.pids[role]
    os.kill(first, signal.SIGTERM)
    wait_for(lambda: board.pids.get(role, first) != first)
    assert Path(f"/proc/{first}").exists()
    wait_for(lambda: not Path(f"/proc/{first}").exists())
    assert f"leaves name={role}" in board.log()
    assert f"died name={role}" not in board.log()
