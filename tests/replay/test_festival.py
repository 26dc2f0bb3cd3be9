import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import msgspec
import pytest

from dashboard.accept.admission import NDJSON, admit
from dashboard.core.clock import Clock
from dashboard.core.events import Event, to_ms
from dashboard.replay import curve, festival
from dashboard.replay.due import Due
from dashboard.store.keys import Facts

START = datetime(2012, 11, 10, 16, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
SCRIPT = """
import hashlib, itertools, datetime
from dashboard.replay import curve, festival
start = datetime.datetime(2012, 11, 10, 16, tzinfo=datetime.UTC)
lines = festival.events(curve.named("2012"), start, "CNY")
print(hashlib.sha256(b"".join(due.line for due in itertools.islice(lines, 10_000))).hexdigest())
"""


@pytest.fixture(scope="module")
def dues() -> list[Due]:
    """The first 40,000 events of 2012, to about 00:47."""
    return list(islice(festival.events(curve.named("2012"), START, "CNY"), 40_000))


@pytest.fixture(scope="module")
def events(dues: list[Due]) -> list[Event]:
    return [msgspec.json.decode(due.line, type=Event) for due in dues]


def test_another_process_makes_the_same_events(dues: list[Due]) -> None:
    here = hashlib.sha256(b"".join(due.line for due in dues[:10_000])).hexdigest()
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    there = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == here


def test_events_come_in_the_order_of_their_own_times(dues: list[Due], events: list[Event]) -> None:
    times = [due.at_ms for due in dues]
    assert times == sorted(times) == [to_ms(event.occurred_at) for event in events]
    assert times[0] == to_ms(START)


def test_no_id_comes_twice(events: list[Event]) -> None:
    assert len({event.id for event in events}) == len(events)


def test_an_outcome_follows_its_submission(events: list[Event]) -> None:
    waiting: dict[str, int] = {}
    closed = 0
    for event in events:
        if event.type == "order.submitted":
            waiting[event.order_id or ""] = event.count
        elif event.order_id:
            assert waiting.pop(event.order_id) == event.count
            closed += 1
    assert closed > 10_000
    assert waiting


def test_the_turnover_told_is_that_of_the_lines(dues: list[Due], events: list[Event]) -> None:
    for due, event in zip(dues, events, strict=True):
        assert due.gross == (event.amount if event.type == "payment.succeeded" else 0)


def test_payments_fail_more_often_while_they_are_saturated(events: list[Event]) -> None:
    def failed_permille(start: int, end: int) -> int:
        counts = {"payment.failed": 0, "payment.succeeded": 0}
        for event in events:
            if event.type in counts and start <= (event.occurred_at - START).seconds < end:
                counts[event.type] += event.count
        return counts["payment.failed"] * 1000 // counts["payment.succeeded"]

    assert failed_permille(30, 240) < 10 < 25 < failed_permille(1200, 2400)


def test_the_door_believes_every_event(dues: list[Due]) -> None:
    facts = Facts(1, "festival", "CNY", 1_000_000_000, Clock(0, dues[4999].at_ms, 1000))
    body = b"\n".join(due.line for due in dues[:5000])
    admitted = admit(facts, 1, body, NDJSON, 0)
    assert (admitted.accepted, admitted.rejected, admitted.held) == (5000, [], [])
