"""The whole board, started, broken and stopped as a user would: some 20 seconds in all."""

import os
import re
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.management import CommandError, call_command

from tests import boards
from tests.boards import Board
from tests.path.watching import until

CHILDREN = {"valkey", "beat", "pulse", "outbox", "worker", "daphne"}


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("own") / "data"


@pytest.fixture(scope="module")
def own_board(data_dir: Path) -> Iterator[Board]:
    """A board for tests that kill its processes."""
    with boards.running(data_dir) as board:
        yield board


def descendants(pid: int) -> set[int]:
    """Return the processes that `pid` has started, and those they have started."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(status.parent.name)] = int(fields[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def alive(pids: set[int]) -> set[int]:
    states = {pid: Path(f"/proc/{pid}/stat") for pid in pids}
    return {pid for pid, status in states.items() if status.exists() and " Z " not in _read(status)}


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return " Z "


def answers(board: Board, page: str) -> bool:
    """Return whether a page is there; six processes that start at once may take their time."""
    try:
        return board.http.get(page).status_code == 200
    except httpx.TransportError:
        return False


def refusal(data_dir: Path, *options: str) -> tuple[int, str]:
    done = boards.manage("board", *options, env=boards.environment(data_dir), check=False)
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return done.returncode, lines[0]


def test_all_processes_run_and_answer(own_board: Board) -> None:
    assert set(own_board.pids) == {"board", *CHILDREN}
    assert own_board.http.get("/healthz").status_code == 200
    assert own_board.http.get("/readyz").status_code == 200


def test_its_files_are_nobody_elses(own_board: Board) -> None:
    for name in ("board.sqlite3", "secret.key", "board.lock", "appendonlydir"):
        assert os.stat(own_board.data_dir / name).st_mode & 0o077 == 0, name


def test_a_second_board_on_the_folder_is_refused(own_board: Board) -> None:
    code, line = refusal(own_board.data_dir, "--port", "0")
    assert code == 2
    assert f"in use by another board (process {own_board.pids['board']})" in line


def test_a_port_in_use_is_refused(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, line = refusal(tmp_path, "--port", str(port))
    assert code == 2
    assert f"port {port}: already in use" in line


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, line = refusal(tmp_path / "file")
    assert code == 2
    assert "data folder" in line


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ({"host": "0.0.0.0"}, "set ALLOWED_HOSTS"),
        ({"replay": "1999"}, "1999"),
        ({"port": 70_000}, "--port 70000: expected 0 to 65,535"),
        ({"workers": 0}, "--workers 0: expected 1 to 1,000"),
        ({"workers": -1}, "--workers -1: expected"),
        ({"speed": 0}, "--speed 0: expected 1 to 100,000"),
        ({"speed": -1}, "--speed -1: expected"),
    ],
)
def test_options_that_cannot_be_are_refused(option: dict[str, Any], told: str) -> None:
    with pytest.raises(CommandError, match=told) as refused:
        call_command("board", **option)
    assert refused.value.returncode == 2


def test_each_process_that_is_killed_comes_back(own_board: Board) -> None:
    first = own_board.pids
    for role in CHILDREN:
        os.kill(first[role], signal.SIGKILL)
    until(lambda: all(own_board.pids.get(role, first[role]) != first[role] for role in CHILDREN))
    for page in ("/healthz", "/readyz"):
        until(lambda: answers(own_board, page))  # noqa: B023


def test_a_killed_board_leaves_nothing_behind_and_starts_again(
    own_board: Board, data_dir: Path
) -> None:
    until(lambda: descendants(own_board.pids["worker"]))
    family = descendants(own_board.pids["board"])
    assert len(family) == len(CHILDREN) + 1  # Celery's own child
    own_board.process.kill()
    own_board.process.wait()
    until(lambda: not alive(family))
    again = boards.start(data_dir)
    assert again.stop() == 0
    stopped = re.findall(r"stopped name=(\w+)", again.log())
    assert stopped == ["daphne", "worker", "outbox", "pulse", "beat", "valkey"]
    assert not (data_dir / "processes.json").exists()
