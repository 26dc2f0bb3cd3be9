"""Processes of a board, killed as the kernel kills them when memory is short."""

import os
import random
import signal
import time

from tests.boards import Board
from tests.path.watching import pool_children

# `child` is the process of Celery's pool that counts; its parent starts another at once.
ROLES = ("daphne", "worker", "child", "pulse", "beat", "valkey")


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


def kill_at_random(board: Board, seconds: float, every_s: float, seed: int) -> dict[str, int]:
    """Kill one role after another, in random order, for so long; return the kills by role."""
    chance, until = random.Random(seed), time.monotonic() + seconds
    kills: dict[str, int] = dict.fromkeys(ROLES, 0)
    next_ones: list[str] = []
    while time.monotonic() < until:
        next_ones = next_ones or chance.sample(ROLES, len(ROLES))
        role = next_ones.pop()
        kills[role] += tell(board, role, signal.SIGKILL)
        time.sleep(chance.uniform(0.5, 1.5) * every_s)
    return kills
