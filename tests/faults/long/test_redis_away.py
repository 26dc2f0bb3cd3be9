"""R5 (F11 to F15): Redis away for long; accepting goes on, and the wall is fresh soon after."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import boards
from tests.boards import Board
from tests.faults.figures import record
from tests.faults.killing import pids_of
from tests.faults.load import Load, p99_s, statuses
from tests.faults.long.valkeys import Valkey
from tests.faults.verdict import verdict
from tests.faults.watch import seconds_until, seconds_until_fresh
from tests.path.watching import frames_during

# Promised are 10 s and a p99 of 1 s; the bounds leave a slow machine room.
FRESH_WITHIN_S, P99_S = 60, 3
MILLION = 1_000_000


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    server = Valkey(tmp_path_factory.mktemp("valkey"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def served(valkey: Valkey, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    folder = tmp_path_factory.mktemp("served") / "data"
    with boards.running(folder, REDIS_URL=valkey.url) as running:
        yield running


@pytest.fixture(scope="module")
def load(served: Board) -> Load:
    return Load(served, "away", clients=2, pause_s=0.05)


def threads(board: Board) -> int:
    """Return the number of threads of the web server."""
    (pid,) = pids_of(board, "daphne")
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


def told(load: Load, away_at_s: float, back_at_s: float, back_s: float) -> str:
    """Check what was answered while Redis was away; return it for the table."""
    meanwhile = [one for one in load.since(away_at_s) if one.at_s < back_at_s]
    assert set(statuses(meanwhile)) == {202}, statuses(meanwhile)
    assert p99_s(meanwhile) < P99_S
    assert "worker is deaf" not in load.board.log()
    return (
        f"{len(meanwhile)} POSTs, all 202, p99 {p99_s(meanwhile):.2f} s; "
        f"fresh {back_s:.1f} s after return; {verdict(load)}"
    )


@pytest.mark.parametrize(
    ("away_s", "durable"),
    [(0, True), (0, False), (5, True), (5, False), (60, True)],
)
def test_redis_killed_and_back_f11(
    load: Load, valkey: Valkey, away_s: float, durable: bool
) -> None:
    with load.running():
        seconds_until_fresh(load)
        away = time.monotonic()
        valkey.tell(signal.SIGKILL)
        time.sleep(away_s)
        valkey.start(durable)
        back = time.monotonic()
        time.sleep(0.5)
        back_s = seconds_until_fresh(load, FRESH_WITHIN_S)
    kept = "with its AOF" if durable else "empty"
    record(
        "R5",
        f"Redis killed, back after {away_s} s {kept} (F11)",
        told(load, away, back + 0.5, back_s),
    )


def test_redis_hung_blocks_no_thread_f12(load: Load, valkey: Valkey) -> None:
    with load.running():
        seconds_until_fresh(load)
        before = threads(load.board)
        away = time.monotonic()
        valkey.tell(signal.SIGSTOP)
        time.sleep(12)
        during = threads(load.board)
        valkey.tell(signal.SIGCONT)
        back = time.monotonic()
        back_s = seconds_until_fresh(load, FRESH_WITHIN_S)
        seconds_until(lambda: threads(load.board) <= before + 2, 30)
    counted = f"web server's threads {before}, hung {during}, after {threads(load.board)}; "
    record("R5", "Redis stopped for 12 s (F12)", counted + told(load, away, back, back_s))


def test_redis_out_of_memory_and_read_only_f13_f15(load: Load, valkey: Valkey) -> None:
    with load.running():
        seconds_until_fresh(load)
        away = time.monotonic()
        valkey.client.config_set("maxmemory", "1mb")
        time.sleep(8)
        valkey.client.config_set("maxmemory", "0")
        memory_s = seconds_until_fresh(load, FRESH_WITHIN_S)
        valkey.client.replicaof("127.0.0.1", "9")
        time.sleep(8)
        valkey.client.replicaof("NO", "ONE")
        back = time.monotonic()
        back_s = seconds_until_fresh(load, FRESH_WITHIN_S)
    what = f"Redis full for 8 s (F13; fresh after {memory_s:.1f} s), then read-only for 8 s (F15)"
    record("R5", what, told(load, away, back, back_s))


def test_an_emptied_redis_is_exact_again_over_a_million_events_f14(
    served: Board, valkey: Valkey
) -> None:
    # A third are sent again in the same request, which holds 5,000 at most.
    load = Load(served, "million", clients=2, batch=3_000)
    load.send(MILLION)
    verdict(load)
    frames = frames_during(served, load.slug, valkey.client.flushall, seconds=1)
    took = seconds_until_fresh(load)
    frames += frames_during(served, load.slug, lambda: None, seconds=1)
    assert len({frame["turnover"]["gross"] for frame in frames}) == 1
    assert any(frame["healing"] for frame in frames)
    record(
        "R5",
        f"FLUSHALL over {MILLION:,} events (F14)",
        f"exact after {took:.1f} s; {verdict(load)}",
    )
