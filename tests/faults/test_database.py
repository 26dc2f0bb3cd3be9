"""The database locked, or gone: no 202 that is not durable, and nothing lost when it is back."""

import time

from tests.boards import Board
from tests.faults.figures import record
from tests.faults.load import Answer, Load, statuses
from tests.faults.locking import WRITERS, disk_full, locked
from tests.faults.verdict import verdict
from tests.faults.watch import seconds_until

LOCKED_S, FULL_S = 3.0, 3.0
# What began just before the fault may have been committed before it.
MARGIN_S = 0.2


def refused(answers: list[Answer]) -> None:
    """Check that these were told to come again, and when."""
    assert set(statuses(answers)) == {503}, statuses(answers)
    assert all(one.retry_after.isdigit() for one in answers)


def test_a_lock_of_seconds_is_waited_for_or_a_503_f18(faulty: Board) -> None:
    load = Load(faulty, "locked", clients=3, pause_s=0.05)
    with load.running():
        seconds_until(lambda: load.acknowledged)
        with locked(faulty):
            time.sleep(LOCKED_S)
    found = statuses(load.answers)
    assert set(found) <= {202, 503}, found
    assert all(one.retry_after.isdigit() for one in load.answers if one.status == 503)
    longest = max(one.took_s for one in load.answers)
    told = f"answers {found}, longest POST {longest:.1f} s, {verdict(load)}"
    record("R6", f"(F18) SQLite locked {LOCKED_S} s", told)


def test_a_disk_that_takes_nothing_more_is_a_503_and_mends_f20(faulty: Board) -> None:
    load = Load(faulty, "disk-full", clients=3, pause_s=0.05)
    with load.running():
        seconds_until(lambda: load.acknowledged)
        with disk_full(faulty, *WRITERS):
            began = time.monotonic()
            time.sleep(FULL_S)
            seconds_until(lambda: load.since(began + MARGIN_S))
            meanwhile = load.since(began + MARGIN_S)
    refused(meanwhile)
    longest = max(one.took_s for one in meanwhile)
    told = f"{len(meanwhile)} times 503, none 202, longest {longest:.2f} s, {verdict(load)}"
    record("R6", f"(F20) disk refuses every write, {FULL_S} s", told)
