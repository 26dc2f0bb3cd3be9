"""The 2012 replay on a real board, with one worker and with four: what falls, and when."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.boards import Board, running
from tests.faults.figures import record

SLUG = "double11-2012"
MIDNIGHT = datetime.fromisoformat("2012-11-10T16:00:00+00:00")
# The day up to 13:45 takes 35 s; the rest is patience for a machine that is busy.
SPEED, WITHIN_S = 1_440, 300


def fallen(board: Board) -> dict[str, dict[str, Any]]:
    """Return what the API says has fallen, by key."""
    answer = board.http.get(f"/api/v1/campaigns/{SLUG}/milestones")
    found = answer.json() if answer.status_code == 200 else []
    return {one["key"]: one for one in found if one["crossed_at"]}


def offset(one: dict[str, Any]) -> timedelta:
    """Return how long after midnight in Shanghai a milestone fell."""
    return datetime.fromisoformat(one["crossed_at"]) - MIDNIGHT


@pytest.mark.parametrize("workers", [1, 4])
def test_2012_passes_all_of_2011_at_0219_and_ten_billion_at_1338(
    tmp_path: Path, workers: int
) -> None:
    options = ("--replay", "2012", "--speed", str(SPEED), "--workers", str(workers))
    with running(tmp_path, *options) as board:
        limit = time.monotonic() + WITHIN_S
        while "10-billion" not in (found := fallen(board)):
            assert time.monotonic() < limit, board.tail()
            time.sleep(0.5)
        log = board.log()
    passed, ten = offset(found["all-of-2011"]), offset(found["10-billion"])
    assert timedelta(hours=2, minutes=18, seconds=30) <= passed
    assert passed <= timedelta(hours=2, minutes=19, seconds=30)
    assert abs(ten - timedelta(hours=13, minutes=38)) <= timedelta(minutes=1)
    of_gross = [one for one in found.values() if one["kind"] in {"amount", "reference_total"}]
    by_time = sorted(of_gross, key=lambda one: (offset(one), one["amount"]))
    assert [one["amount"] for one in by_time] == sorted(one["amount"] for one in of_gross)
    for key in found:
        assert log.count(f"milestone campaign={SLUG} key={key} ") == 1
    said = f"all of 2011 at {passed}, 10 billion at {ten}, each once"
    record("R7", f"2012 at {SPEED} times, workers: {workers}", said)
