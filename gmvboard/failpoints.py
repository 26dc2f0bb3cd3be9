"""Failpoints: places where a test kills a process, has it fail, or makes it wait.

Off, as everywhere but in tests, `hit` does nothing. With FAILPOINTS=yes and UNDER_TEST=yes
each hit looks for a file named after its place in the folder `DATA_DIR/failpoints/`, so that a test
arms and disarms what runs. The file holds `kill`, `raise` or `delay:MS`; `3*kill` acts on the first
three hits only, counted over all processes and their restarts; `raise id-7` acts on hits with that
detail only.
"""

import os
import re
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from gmvboard import env

PLACES = (
    "accept.before_verify",
    "accept.before_commit",
    "accept.after_commit",
    "accept.before_doorbell",
    "tally.after_claim",
    "tally.event",
    "tally.before_commit",
    "tally.after_commit",
    "pulse.before_commit",
    "pulse.after_commit",
    "pulse.before_broadcast",
    "outbox.before_commit",
    "outbox.after_claim",
    "outbox.before_send",
    "outbox.after_send",
    "outbox.before_mark",
)
_ARMED = re.compile(r"(?:(\d+)\*)?(kill|raise|delay:(\d+))(?: (\S+))?")

_folder: Path | None = None


class Failed(Exception):
    """What an armed `raise` raises."""


def allow(folder: Path) -> None:
    """Heed the files in `folder` from now on."""
    # Settled once, so that off the cost is one call of a function without a body: 43 ns.
    global _folder, hit
    _folder, hit = folder, _look


def refuse_in_production(wanted: bool, under_test: bool, https: bool) -> bool:
    """Return `wanted`; raises `BadSetting` where the board is not one that a test has started.

    One variable may be copied from somewhere; a second, and no HTTPS, is nobody's mistake.
    """
    if wanted and (https or not under_test):
        raise env.BadSetting(
            "FAILPOINTS: expected to be unset: it is for tests alone, "
            "which set UNDER_TEST as well, and no HTTPS"
        )
    return wanted


def _nothing(place: str, detail: str = "") -> None:
    """Do nothing: no failpoint is allowed."""


def _look(place: str, detail: str = "") -> None:
    """Do what the file of `place` says, if there is one that means `detail`."""
    try:
        text = _file(place).read_text()
    except FileNotFoundError:
        return
    armed = _ARMED.fullmatch(text.strip())
    if armed is None:
        raise env.BadSetting(f"failpoint {place}: expected kill, raise or delay:MS, got {text!r}")
    most, action, delay_ms, wanted = armed.groups()
    if wanted in {None, detail} and _nth_hit(place) <= int(most or 10**9):
        _act(place, action.partition(":")[0], int(delay_ms or 0))


def _act(place: str, action: str, delay_ms: int) -> None:
    if action == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if action == "raise":
        raise Failed(place)
    time.sleep(delay_ms / 1000)


def _nth_hit(place: str) -> int:
    """Count a hit and return its number: one that appends learns where its own byte stands."""
    hits = os.open(hits_of(_file(place)), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(hits, b".")
        return os.lseek(hits, 0, os.SEEK_CUR)
    finally:
        os.close(hits)


def _file(place: str) -> Path:
    if _folder is None or place not in PLACES:
        raise KeyError(place)
    return _folder / place


def hits_of(file: Path) -> Path:
    """Return the file as long as the number of hits that `file` has had."""
    return file.with_name(file.name + ".hits")


def hit_each(place: str, details: Callable[[], Iterable[str]]) -> None:
    """Hit `place` once for each of `details()`, which off is not called."""
    if _folder is not None:
        for detail in details():
            hit(place, detail)


# To be called as `failpoints.hit(place)`: what it does is settled at the start of the process.
hit: Callable[..., None] = _nothing
