"""Redis in trouble for moments: accepting goes on, and the figures are exact when it is back."""

import signal
import time
from collections.abc import Callable
from functools import partial

import pytest

from tests.boards import Board
from tests.faults.killing import tell
from tests.faults.load import Load, statuses
from tests.faults.verdict import verdict
from tests.faults.watch import seconds_until, seconds_until_fresh
from tests.path.watching import valkey

AWAY_S = 1.5
Act = Callable[[Board], object]


def config(name: str, value: str, board: Board) -> None:
    valkey(board).config_set(name, value)


def nothing(board: Board) -> None:
    """It mends itself."""


def replica_of(host: str, port: str, board: Board) -> None:
    valkey(board).replicaof(host, port)


TROUBLES: dict[str, tuple[Act, Act]] = {
    "killed_f11": (lambda board: tell(board, "valkey", signal.SIGKILL), nothing),
    "stopped_f12": (
        lambda board: tell(board, "valkey", signal.SIGSTOP),
        lambda board: tell(board, "valkey", signal.SIGCONT),
    ),
    "out_of_memory_f13": (
        partial(config, "maxmemory", "1mb"),
        partial(config, "maxmemory", "1gb"),
    ),
    "flushed_f14": (lambda board: valkey(board).flushall(), nothing),
    "read_only_f15": (
        partial(replica_of, "127.0.0.1", "9"),
        partial(replica_of, "NO", "ONE"),
    ),
}


@pytest.fixture(scope="module")
def load(faulty: Board) -> Load:
    return Load(faulty, "redis", clients=2, pause_s=0.2)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_accepting_goes_on_and_the_figures_are_exact_after_f11_f12_f13_f14_f15(
    faulty: Board, load: Load, trouble: str
) -> None:
    act, undo = TROUBLES[trouble]
    with load.running():
        seconds_until_fresh(load)
        act(faulty)
        away = time.monotonic()
        time.sleep(AWAY_S)
        seconds_until(lambda: load.since(away))  # on a busy machine a batch takes longer
        meanwhile = load.since(away)
        undo(faulty)
        seconds_until_fresh(load)
    assert set(statuses(meanwhile)) == {202}, statuses(meanwhile)
    verdict(load, reconcile=False)


def test_after_all_of_it_the_figures_agree_with_the_ledger(load: Load) -> None:
    verdict(load)
