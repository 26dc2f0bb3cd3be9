"""The stage: a fresh board with a campaign, a sender beside it, and a viewer of its frames."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
import redis
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from bench import events
from bench.events import Stream
from dashboard.runtime import embedded_redis
from tests import boards
from tests.boards import PROJECT, Board

WITHIN_S = 180.0
_WARM_UP = 5_000


class Sent(msgspec.Struct):
    """What the sender says: real times in s, its CPU, how often it was told to come later.

    `took` has, for each request, the seconds from when it was due to its answer.
    """

    began: float
    ended: float
    cpu_s: float
    later: int
    took: list[float]


class _Turnover(msgspec.Struct):
    gross: int


class _Frame(msgspec.Struct):
    turnover: _Turnover
    orders: int


class Viewer:
    """Reads a campaign's frames on a socket; `seen` has when each total came first."""

    def __init__(self, board: Board, slug: str) -> None:
        self.seen: list[tuple[float, int]] = []
        self.orders = 0
        address = f"{board.url.replace('http', 'ws', 1)}/ws/campaigns/{slug}/"
        self._socket = connect(address, proxy=None, max_size=None)
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        decode = msgspec.json.Decoder(_Frame).decode
        with suppress(ConnectionClosed):
            for message in self._socket:
                at, frame = time.time(), decode(message)
                self.orders = frame.orders
                if not self.seen or frame.turnover.gross != self.seen[-1][1]:
                    self.seen.append((at, frame.turnover.gross))

    def until(self, stream: Stream) -> float:
        """Return when the first frame came that shows exactly all of `stream`.

        Raises `AssertionError` where a frame shows more, or none shows all of it in time.
        """
        until = time.monotonic() + WITHIN_S
        while time.monotonic() < until:
            at, total = self.seen[-1] if self.seen else (0.0, 0)
            assert total <= stream.gross, f"shown {total}, sent {stream.gross}"
            if total == stream.gross and self.orders == stream.payments:
                return at
            time.sleep(0.02)
        raise AssertionError(f"shown {self.seen[-1:]}, sent {stream.gross}")

    def close(self) -> None:
        """Hang up."""
        self._socket.close()
        self._thread.join()


@contextmanager
def folder() -> Iterator[Path]:
    """Yield a folder for one measurement; it is removed."""
    path = Path(tempfile.mkdtemp(prefix="gmvbench-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def board(*options: str) -> Iterator[Board]:
    """Yield a fresh board that has counted a first few thousand events already."""
    with folder() as place, boards.running(place / "data", *options) as running:
        warm_up = events.payments(_WARM_UP, now(), seed=1)
        counted(running, warm_up, "warm-up", batch=100)
        yield running


def now() -> float:
    """Return real time, s."""
    return time.time()


class Counted(msgspec.Struct):
    """What was sent, when a frame first showed all of it, and when which total came first."""

    sent: Sent
    shown: float
    seen: list[tuple[float, int]]


def counted(running: Board, stream: Stream, slug: str, key: str = "", **how: float) -> Counted:
    """Send a stream into a campaign, a new one unless its `key` is given; wait for the frame.

    `how` is as for `send`.
    """
    key = key or running.create_campaign(slug)["ingest_key"]
    with folder() as place:
        file = events.write(stream, place / "events")
        viewer = Viewer(running, slug)
        try:
            sent = send(running.port, f"/api/v1/campaigns/{slug}/events", file, key, **how)
            return Counted(sent, viewer.until(stream), viewer.seen)
        finally:
            viewer.close()


def send(port: int, target: str, file: Path, key: str = "", **how: float) -> Sent:
    """Send a file of events, as `bench.load` is told by `how`: batch, connections, rate."""
    flags = [part for name, value in how.items() for part in (f"--{name}", str(value))]
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.load", str(port), target, str(file), *flags],
        cwd=PROJECT,
        env={**os.environ, "KEY": key},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n", "the sender did not start"
    told, _ = process.communicate(b"go\n", timeout=WITHIN_S)
    assert process.returncode == 0, f"the sender ended with {process.returncode}"
    return msgspec.json.decode(told, type=Sent)


@contextmanager
def own_valkey(place: Path) -> Iterator[tuple[redis.Redis, int]]:
    """Yield a client, and the pid, of a Valkey set up as a board's is, in the folder `place`."""
    socket = place / "redis.sock"
    memory = embedded_redis.memory_limit(embedded_redis.available_memory())
    process = subprocess.Popen(
        embedded_redis.command(embedded_redis.binary(), place, socket, memory),
        stdout=subprocess.DEVNULL,
    )
    client = redis.Redis.from_url(f"unix://{socket}")
    try:
        while not socket.exists():
            assert process.poll() is None, "Valkey did not start"
            time.sleep(0.01)
        client.ping()
        yield client, process.pid
    finally:
        client.close()
        process.terminate()
        process.wait()


def valkey(running: Board) -> redis.Redis:
    """Return a client of the board's own Valkey."""
    return redis.Redis.from_url(f"unix://{running.data_dir / 'redis.sock'}")


def valkey_bytes(running: Board) -> int:
    """Return the bytes that the board's Valkey has in use."""
    with valkey(running) as client:
        return int(client.info("memory")["used_memory"])


def ledger_bytes(running: Board) -> int:
    """Return the bytes of the board's database, its log written back."""
    file = f"file:{running.data_dir / 'board.sqlite3'}?mode=ro"
    tables = sqlite3.connect(file, uri=True, timeout=30)
    try:
        (pages,) = tables.execute("PRAGMA page_count").fetchone()
        (free,) = tables.execute("PRAGMA freelist_count").fetchone()
        (size,) = tables.execute("PRAGMA page_size").fetchone()
    finally:
        tables.close()
    return int((pages - free) * size)
