"""R8 (F38): ten times the usual and more, for a minute; then calm."""

import time
from datetime import UTC, datetime
from typing import NamedTuple

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
# From so long on the strip of each page marks the figures as late (static/js/strip.js).
LATE_S = 5


class Look(NamedTuple):
    """At `at_s` so many orders were acknowledged, so many shown, as of `age_s` ago it was said."""

    at_s: float
    acknowledged: int
    shown: int
    age_s: float


def glance(load: Load) -> Look | None:
    """Return what is shown now; None where nothing is."""
    at_s, acknowledged = time.monotonic(), len(load.acknowledged)
    if not (shown := look(load.board, load.slug)):
        return None
    since = datetime.now(UTC) - datetime.fromisoformat(shown["sent_at"])
    age_s = shown["behind_seconds"] + since.total_seconds()
    return Look(at_s, acknowledged, shown["orders"], age_s)


def late(looks: list[Look]) -> list[Look]:
    """Return those at which something was missing that was acknowledged LATE_S before."""
    return [
        one
        for one in looks
        if any(e.acknowledged > one.shown for e in looks if e.at_s <= one.at_s - LATE_S)
    ]


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
    before, looks, began = resident(own), list[Look](), time.monotonic()
    with load.running():
        while time.monotonic() - began < BURST_S:
            if seen := glance(load):
                looks.append(seen)
            time.sleep(1)
        most = resident(own)
    drained_s = seconds_until_fresh(load, DRAINED_WITHIN_S)
    rate = len(load.acknowledged) / (time.monotonic() - began - drained_s)
    found = statuses(load.answers)
    assert set(found) <= {202, 429, 503}, found
    assert all(a.retry_after.isdigit() for a in load.answers if a.status != 202)
    growth = {role: (most[role] - before[role]) // MIB for role in before}
    assert max(growth.values()) < GROWTH_MIB, growth
    lagged = late(looks)
    assert all(one.age_s >= LATE_S for one in lagged), lagged
    told = (
        f"{rate:,.0f} new events a second, answers {found}, "
        f"{len(looks)} looks, late at {len(lagged)} and marked so at each, "
        f"by {max(one.age_s for one in looks):.1f} s at the most, "
        f"drained after {drained_s:.1f} s, RSS MiB {growth}; {verdict(load)}"
    )
    record("R8", f"as fast as 8 clients can, {BURST_S} s (F38)", told)
