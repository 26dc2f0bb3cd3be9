"""A copy of the database, made while the board goes on: SQLite's own online backup."""

import os
import sqlite3
from pathlib import Path

from django.db import connection


class NotHere(Exception):
    """The database has a tool of its own for this; the message says which."""


def copy(target: Path) -> None:
    """Write the database, as of one moment, to `target`, which is complete once it is there.

    Raises `NotHere`, `FileExistsError`, `OSError` or `django.db.Error`.
    """
    if connection.vendor != "sqlite":
        raise NotHere("PostgreSQL: expected pg_dump --format=custom, see the README")
    if target.exists():
        raise FileExistsError(f"{target}: is there already")
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    try:
        _copy(draft)
        os.link(draft, target)  # never over a file that came meanwhile
    finally:
        draft.unlink()


def _copy(draft: Path) -> None:
    connection.ensure_connection()
    copied = sqlite3.connect(draft)
    try:
        connection.connection.backup(copied)  # all pages in one step: writers need not stop
    finally:
        copied.close()
    with draft.open("rb") as file:
        os.fsync(file.fileno())
