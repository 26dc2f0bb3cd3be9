"""F48: a deploy under load: each role told to end (SIGTERM), one after another, twice."""

import signal
import time

from tests.boards import Board
from tests.faults.figures import record
from tests.faults.killing import pids_of, tell
from tests.faults.load import Load, statuses
from tests.faults.verdict import verdict
from tests.faults.watch import seconds_until

ROLES = ("worker", "pulse", "outbox", "beat", "daphne", "valkey")


def test_a_rolling_restart_loses_nothing_f48(own: Board) -> None:
    load = Load(own, "rolling", clients=4, pause_s=0.02)
    with load.running():
        for role in ROLES * 2:
            old = pids_of(own, role)
            assert tell(own, role, signal.SIGTERM)
            seconds_until(lambda: pids_of(own, role) not in ([], old), 60)  # noqa: B023
            time.sleep(3)
    found = statuses(load.answers)
    assert set(found) <= {0, 202, 503}, found
    told = f"answers {found} (0: connection lost, sent again); {verdict(load, len(ROLES) * 2)}"
    record("F48", "SIGTERM to each role, twice, under load", told)
