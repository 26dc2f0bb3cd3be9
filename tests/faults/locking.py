"""A board's database kept from it: by another writer, or by a disk that takes no more bytes."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tests.boards import Board
from tests.faults.killing import pids_of

WRITERS = ("daphne", "pulse", "worker", "child", "beat")


@contextmanager
def locked(board: Board) -> Iterator[None]:
    """Hold the write lock of the board's SQLite file while the block lasts."""
    with sqlite3.connect(board.data_dir / "board.sqlite3", timeout=10) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def disk_full(board: Board, *roles: str) -> Iterator[None]:
    """Have the kernel refuse each write to a file that these roles try (EFBIG, as over a quota)."""
    pids = [pid for role in roles for pid in pids_of(board, role)]
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
    for pid, (_, hard) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        for pid, limits in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)
