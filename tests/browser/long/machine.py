"""How the machine itself did meanwhile: a gap of a wall's beside what the machine was late by."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

TICK_S = 0.05
_PRESSURE = Path("/proc/pressure/cpu")


class Tick(NamedTuple):
    """When a tick came, how late it was, and for how long by then tasks had waited for a core."""

    at: float
    late: float
    waited: float


class Ticker:
    """A thread that wants to wake each 50 ms, and notes when it does; in seconds since 1970."""

    def __init__(self) -> None:
        self.ticks: list[Tick] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        self._thread.join()

    def between(self, begin: float, end: float) -> str:
        """Say how late the latest tick was, and in which share of the time a task had no core."""
        ticks = [tick for tick in self.ticks if begin <= tick.at <= end]
        if not ticks:
            return "no tick"
        waited = (ticks[-1].waited - ticks[0].waited) / (end - begin)
        return (
            f"a tick late by {max(t.late for t in ticks):.2f} s, cores short {100 * waited:.0f} %"
        )

    def _run(self) -> None:
        due = time.monotonic() + TICK_S
        while not self._ended.wait(max(0.0, due - time.monotonic())):
            late = time.monotonic() - due
            self.ticks.append(Tick(time.time(), late, waited_for_a_core()))
            due += late + TICK_S


def waited_for_a_core() -> float:
    """Return the seconds since the start in which some task waited; 0 where the kernel is mute."""
    if not _PRESSURE.exists():
        return 0.0
    return int(_PRESSURE.read_text().split("total=")[1].split()[0]) / 1e6


@contextmanager
def ticking() -> Iterator[Ticker]:
    """A ticker while the block lasts."""
    ticker = Ticker()
    try:
        yield ticker
    finally:
        ticker.end()
