"""F10: every role killed again and again, at random, while shops send; the short one."""

from tests.boards import Board
from tests.faults.figures import record
from tests.faults.killing import ROLES, Killer
from tests.faults.load import Load
from tests.faults.verdict import verdict

KILLS, EVERY_S, SEED = 2 * len(ROLES), 0.8, 10


def test_random_kills_lose_and_double_nothing_f10(faulty: Board) -> None:
    load = Load(faulty, "soak", pause_s=0.2)
    killer = Killer(faulty, EVERY_S, SEED, lambda: len(load.acknowledged))
    with load.running():
        while killer.total < KILLS:
            killer.kill()
    found = verdict(load, killer.total)
    record("R1 R2 R3", f"{killer.total} kills: {killer.kills}", str(found))
