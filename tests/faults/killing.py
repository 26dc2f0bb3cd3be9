"""Processes of a board, killed as the kernel kills them when memory is short."""

import os
import random
import signal
import time
from collections.abc import Callable

from tests.boards import Board
from tests.path.watching import pool_children

# `child` is the process of Celery's pool that counts; its parent starts another at once.
ROLES = ("daphne", "worker", "child", "pulse", "outbox", "beat", "valkey")
# Longer no kill waits for the one before.
_PATIENCE_S = 30


def pids_of(board: Board, role: str) -> list[int]:
    """Return the running processes of a role; none while it is being started again."""
    try:
        return pool_children(board) if role == "child" else [board.pids[role]]
    except (KeyError, FileNotFoundError):
        return []


def tell(board: Board, role: str, number: signal.Signals) -> int:
    """Send a signal to the processes of a role; return how many had it."""
    told = 0
    for pid in pids_of(board, role):
        try:
            os.kill(pid, number)
            told += 1
        except ProcessLookupError:
            pass
    return told


class Killer:
    """Kills one role after another, in random order; each waits for a sign of life after the last.

    `progress` is a number that grows while the board works, such as of acknowledged events.
    """

    def __init__(
        self, board: Board, every_s: float, seed: int, progress: Callable[[], int]
    ) -> None:
        self.kills = dict.fromkeys(ROLES, 0)
        self._board, self._every_s, self._progress = board, every_s, progress
        self._chance = random.Random(seed)
        self._next: list[str] = []

    @property
    def total(self) -> int:
        """How many were killed."""
        return sum(self.kills.values())

    def kill(self) -> None:
        """Kill the next role, if it runs; return a moment later, when the board works again."""
        self._next = self._next or self._chance.sample(ROLES, len(ROLES))
        role, before = self._next.pop(), self._progress()
        self.kills[role] += tell(self._board, role, signal.SIGKILL)
        time.sleep(self._chance.uniform(0.5, 1.5) * self._every_s)
        until = time.monotonic() + _PATIENCE_S
        while self._progress() == before and time.monotonic() < until:
            time.sleep(0.05)
