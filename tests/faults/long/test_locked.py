"""R6 (F18, F20): the database locked for a minute; the disk full."""

import time

from tests.boards import Board
from tests.faults.figures import record
from tests.faults.load import Load, statuses
from tests.faults.locking import locked
from tests.faults.verdict import verdict

LOCKED_S = 60
# Who waits longer than 10 s is told to come again; the rest is scheduling.
PATIENCE_S = 15


def test_a_database_locked_for_a_minute_is_a_503_and_never_a_500_f18(own: Board) -> None:
    load = Load(own, "locked", clients=4, pause_s=0.05)
    with load.running():
        time.sleep(2)
        with locked(own):
            began = time.monotonic()
            time.sleep(LOCKED_S)
            meanwhile = [one for one in load.since(began) if one.at_s + one.took_s < began + 55]
    found = statuses(meanwhile)
    assert set(found) == {503}, found
    longest = max(one.took_s for one in meanwhile)
    assert longest < PATIENCE_S
    told = f"{found[503]} times 503, none 202, longest {longest:.1f} s; {verdict(load)}"
    record("R6", f"(F18) SQLite locked {LOCKED_S} s", told)
