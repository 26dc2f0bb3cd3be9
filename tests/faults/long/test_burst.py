"""R8 (F38): ten times the usual and more, for a minute; then calm."""

import time

import psutil

from tests.boards import Board
from tests.faults.figures import record
from tests.faults.killing import pids_of
from tests.faults.load import Load, statuses
from tests.faults.verdict import look, verdict
from tests.faults.watch import seconds_until_fresh

BURST_S, DRAINED_WITHIN_S = 60, 240
MIB = 1024 * 1024
# Promised are 150 MiB for each; the tallies themselves grow with the ids in Valkey.
GROWTH_MIB = 200


def resident(board: Board) -> dict[str, int]:
    """Return the resident memory of each role, bytes."""
    roles = ("daphne", "pulse", "worker", "child", "beat")
    return {
        r: sum(psutil.Process(pid).memory_info().rss for pid in pids_of(board, r)) for r in roles
    }


def test_a_burst_is_bounded_and_loses_nothing_f38(own: Board) -> None:
    load = Load(own, "burst", clients=8, batch=1_000)
    load.send(8_000)
    seconds_until_fresh(load)
    before, lags, began = resident(own), [0.0], time.monotonic()
    with load.running():
        while time.monotonic() - began < BURST_S:
            shown = look(own, load.slug)
            lags.append(shown["behind_seconds"] if shown else 0)
            time.sleep(1)
        most = resident(own)
    drained_s = seconds_until_fresh(load, DRAINED_WITHIN_S)
    rate = len(load.acknowledged) / (time.monotonic() - began - drained_s)
    found = statuses(load.answers)
    assert set(found) <= {202, 429, 503}, found
    assert all(a.retry_after.isdigit() for a in load.answers if a.status != 202)
    growth = {role: (most[role] - before[role]) // MIB for role in before}
    assert max(growth.values()) < GROWTH_MIB, growth
    told = (
        f"{rate:,.0f} new events a second, answers {found}, lag at most {max(lags):.1f} s, "
        f"drained after {drained_s:.1f} s, RSS MiB {growth}; {verdict(load)}"
    )
    record("R8", f"as fast as 8 clients can, {BURST_S} s (F38)", told)
