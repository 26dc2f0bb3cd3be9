"""R4: one process killed; a payment sent right after it is on the wall, seconds later."""

import signal
import time

import httpx
import pytest

from tests.boards import Board
from tests.faults.figures import record
from tests.faults.killing import ROLES, pids_of, tell
from tests.faults.load import Load
from tests.faults.verdict import verdict
from tests.faults.watch import seconds_until, shown_gross

ROUNDS = 3
# Promised are 5 s; the bound leaves a slow machine room, the table says what it was.
WITHIN_S = 20
# Each role has lived long by its next turn: its next start is at once.
CALM_S = 3


@pytest.fixture(scope="module")
def load(own: Board) -> Load:
    load = Load(own, "recovery", clients=1, batch=10)
    load.send(100)
    return load


def moves_again_s(load: Load, role: str) -> float:
    """Kill a role; return the seconds until what was sent after it is shown."""
    before = shown_gross(load)
    assert tell(load.board, role, signal.SIGKILL)
    began = time.monotonic()
    load.send(10)
    seconds_until(lambda: _gross_or_nothing(load) > before, WITHIN_S)
    return time.monotonic() - began


def _gross_or_nothing(load: Load) -> int:
    try:
        return shown_gross(load)
    except httpx.HTTPError:
        return 0


def test_totals_move_again_after_any_one_process_is_killed_f4_f5_f9(load: Load) -> None:
    took: dict[str, list[float]] = {role: [] for role in ROLES}
    for role in ROLES * ROUNDS:
        took[role].append(moves_again_s(load, role))
        seconds_until(lambda: pids_of(load.board, role), WITHIN_S)  # noqa: B023
        time.sleep(CALM_S)
    found = verdict(load, len(ROLES) * ROUNDS)
    for role, times in took.items():
        told = ", ".join(f"{one:.1f}" for one in times)
        record("R4", f"{role} killed", f"total moves again after {told} s; {found}")
