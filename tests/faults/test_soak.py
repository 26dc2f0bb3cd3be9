"""F10: every role killed again and again, at random, while shops send; the short one."""

from tests.boards import Board
from tests.faults.figures import record
from tests.faults.killing import kill_at_random
from tests.faults.load import Load
from tests.faults.verdict import verdict

SECONDS, EVERY_S, SEED = 15, 1.0, 10


def test_random_kills_lose_and_double_nothing_f10(faulty: Board) -> None:
    load = Load(faulty, "soak", pause_s=0.05)
    with load.running():
        kills = kill_at_random(faulty, SECONDS, EVERY_S, SEED)
    found = verdict(load, sum(kills.values()))
    record("R1 R2 R3", f"{sum(kills.values())} kills in {SECONDS} s: {kills}", str(found))
