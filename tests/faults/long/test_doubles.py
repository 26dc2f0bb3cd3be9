"""F45: two pulses and two beats, each one effect; and F7: a leader that is killed is followed."""

import os
import signal

from tests.boards import Board
from tests.faults.figures import record
from tests.faults.load import Load, amount
from tests.faults.processes import Kept
from tests.faults.test_failpoints import add_milestone, fired
from tests.faults.verdict import verdict
from tests.faults.watch import seconds_until, seconds_until_fresh
from tests.path.watching import database, frames_during


def holder(board: Board, lease: str) -> int:
    """Return the process number of a lease's holder."""
    with database(board) as tables:
        (found,) = tables.execute("SELECT holder FROM dashboard_lease WHERE name = ?", (lease,))
    return int(found[0].split(":")[1])


def test_two_pulses_and_two_beats_have_one_effect_each_f45(own: Board) -> None:
    load = Load(own, "doubles", clients=2, pause_s=0.05)
    add_milestone(own, load.slug, sum(map(amount, range(300))))
    with Kept(own, "pulse") as second, Kept(own, "beat"), load.running():
        seconds_until_fresh(load)
        frames = frames_during(own, load.slug, lambda: None, seconds=3)
        leader = holder(own, "pulse")
        os.kill(leader, signal.SIGKILL)
        follow_s = seconds_until(lambda: holder(own, "pulse") != leader, 20)
        frames += frames_during(own, load.slug, lambda: None, seconds=2)
        seconds_until(lambda: all(fired(own, load.slug)))
    stamps = [(one["epoch"], one["seq"], one["sent_at"]) for one in frames]
    assert stamps == sorted(stamps)
    assert len(set(stamps)) == len({stamp[:2] for stamp in stamps})
    logs = own.log() + second.log()
    assert logs.count(f"milestone campaign={load.slug} ") <= 1
    record("F45 F7", "two pulses, the leader killed", f"followed after {follow_s:.1f} s")
    verdict(load, 1)
