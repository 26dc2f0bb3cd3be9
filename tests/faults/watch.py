"""Waiting for what a running board is to do, and how long it took."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.faults.load import Load
from tests.faults.verdict import look

LONGEST_S = 120


def seconds_until(true: Callable[[], object], within_s: float = LONGEST_S) -> float:
    """Wait until `true` holds and return the seconds it took; fails after `within_s`."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < within_s, f"not within {within_s} s"
        time.sleep(0.05)
    return time.monotonic() - began


def fresh(load: Load, within_s: float = 3) -> bool:
    """Return whether the board shows figures that lag by no more than so much, all trusted."""
    shown = look(load.board, load.slug)
    if shown is None or shown["healing"] or shown["behind_seconds"] > within_s:
        return False
    return datetime.now(UTC) - datetime.fromisoformat(shown["sent_at"]) < timedelta(
        seconds=within_s
    )


def shown_gross(load: Load) -> int:
    """Return the total that is shown now; 0 where none is."""
    shown = look(load.board, load.slug)
    return int(shown["turnover"]["gross"]) if shown else 0
