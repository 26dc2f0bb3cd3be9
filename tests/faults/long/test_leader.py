"""F7: the leading pulse killed in the middle of its commit, and just after it, fifty times."""

import re
from contextlib import ExitStack

from tests.boards import Board
from tests.faults.arming import armed, hits
from tests.faults.figures import record
from tests.faults.load import Load, amount
from tests.faults.processes import Kept
from tests.faults.test_failpoints import add_milestone, fired
from tests.faults.verdict import verdict
from tests.faults.watch import seconds_until

ROUNDS = 50
PLACES = ("pulse.before_commit", "pulse.after_commit", "pulse.before_broadcast")


def test_a_milestone_falls_once_however_often_its_pulse_is_killed_f7(own: Board) -> None:
    load = Load(own, "leader", clients=1, batch=10)
    load.send(10)
    took = []
    with ExitStack() as standing_by:
        pulses = [standing_by.enter_context(Kept(own, "pulse", name)) for name in "abc"]
        for number in range(ROUNDS):
            place = PLACES[number % len(PLACES)]
            add_milestone(own, load.slug, sum(map(amount, load.acknowledged)) + 1)
            with armed(own, place, "1*kill"):
                load.send(10)
                took.append(seconds_until(lambda: hits(own, place) and all(fired(own, load.slug))))  # noqa: B023
    log = own.log() + "".join(one.log() for one in pulses)
    told = re.findall(rf"milestone campaign={load.slug} key=(\S+)", log)
    assert len(told) == len(set(told)) <= ROUNDS == len(fired(own, load.slug))
    found = f"each fired once, after {max(took):.1f} s at most; {verdict(load, ROUNDS)}"
    record("F7", f"pulse killed at a milestone, {ROUNDS} times", found)
