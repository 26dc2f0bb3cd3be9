"""Waiting for what a running board is to do, and how long it took."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.faults.load import Load
from tests.faults.verdict import look

LONGEST_S = 120
# Of figures that are fresh: frames come every 1.5 s at least, and a batch takes a moment.
LAG_S = 3


def seconds_until(true: Callable[[], object], within_s: float = LONGEST_S) -> float:
    """Wait until `true` holds and return the seconds it took; fails after `within_s`."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < within_s, f"not within {within_s} s"
        time.sleep(0.05)
    return time.monotonic() - began


def fresh(load: Load, since: datetime | None = None) -> bool:
    """Return whether what is shown was sent after `since` (just now), is exact and lags little."""
    shown = look(load.board, load.slug)
    if shown is None or shown["healing"] or shown["behind_seconds"] > LAG_S:
        return False
    least = since or datetime.now(UTC) - timedelta(seconds=LAG_S)
    return datetime.fromisoformat(shown["sent_at"]) > least


def seconds_until_fresh(load: Load, within_s: float = LONGEST_S) -> float:
    """Return the seconds until the board shows what is true, told from now on."""
    now = datetime.now(UTC)
    return seconds_until(lambda: fresh(load, now), within_s)


def shown_gross(load: Load) -> int:
    """Return the total that is shown now; 0 where none is."""
    shown = look(load.board, load.slug)
    return int(shown["turnover"]["gross"]) if shown else 0
