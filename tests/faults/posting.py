"""The outbox of a running board from outside: posts put in, and time made to pass for them."""

import itertools
import sqlite3
import time
from contextlib import closing
from typing import Any

from tests.boards import Board
from tests.faults.feed_server import WEBHOOK
from tests.path.watching import database

ACCOUNTS = {"slack": (), "webhook": ("--set", f"url={WEBHOOK}")}
_numbers = itertools.count(1)
_EMPTY = ("poster", "alt", "link", "sender", "remote_id", "remote_url", "error")
_NOUGHT = ("rank", "not_before_ms", "attempts", "lease_until_ms", "dry_run")


def change(board: Board, statement: str, *values: Any) -> int:
    """Change the board's database; return the number of the row put in last."""
    file = board.data_dir / "board.sqlite3"
    with closing(sqlite3.connect(file, timeout=20)) as tables, tables:
        return int(tables.execute(statement, values).lastrowid or 0)


def create_feed(board: Board, slug: str, service: str) -> int:
    """Return a feed of a campaign that posts at once as much as it is given."""
    name = f"{service}-{next(_numbers)}"
    board.manage("createfeed", slug, name, "--service", service, "--live", *ACCOUNTS[service])
    free = "UPDATE dashboard_feed SET gap_s = 0, cap_an_hour = 100000 WHERE name = ?"
    change(board, free, name)
    with database(board) as tables:
        (found,) = tables.execute("SELECT id FROM dashboard_feed WHERE name = ?", (name,))
    return int(found[0])


def put(board: Board, feed_id: int, text: str) -> int:
    """Put a post into the outbox, approved and due; return its number."""
    now_ms = time.time_ns() // 1_000_000
    row = {
        "feed_id": feed_id,
        "kind": "trial",
        "occasion": f"trial:{text}",
        "state": "approved",
        "text": text,
        "lang": "en",
        "key": f"key {text}",
        "created_ms": now_ms,
        "expires_ms": now_ms + 3_600_000,
        **dict.fromkeys(_EMPTY, ""),
        **dict.fromkeys(_NOUGHT, 0),
    }
    marks = ", ".join("?" * len(row))
    statement = f"INSERT INTO dashboard_post ({', '.join(row)}) VALUES ({marks})"
    return change(board, statement, *row.values())


def state(board: Board, post: int) -> str:
    """Return the state of a post; `left` where only a person can decide."""
    with database(board) as tables:
        (row,) = tables.execute(
            "SELECT state, not_before_ms FROM dashboard_post WHERE id = ?", (post,)
        )
    return "left" if row == ("unknown", 0) else str(row[0])


def actions(board: Board, post: int) -> list[str]:
    """Return what was done to a post, oldest first."""
    with database(board) as tables:
        rows = tables.execute(
            "SELECT action FROM dashboard_postnote WHERE post_id = ? ORDER BY id", (post,)
        )
        return [action for (action,) in rows]


def hurry(board: Board, *, alive: bool) -> None:
    """Have leases run out, of dead senders or of those `alive`, and the minute before a look."""
    sender = f"%:{board.pids.get('outbox', 0)}:%"
    lapse = "UPDATE dashboard_post SET lease_until_ms = 1 WHERE state = 'sending'"
    change(board, f"{lapse} AND (sender LIKE ?) = ?", sender, int(alive))
    look = "UPDATE dashboard_post SET not_before_ms = 1 WHERE state = 'unknown'"
    change(board, f"{look} AND not_before_ms > 1")


def stop_all(board: Board, stopped: bool) -> float:
    """Throw or release the switch of all feeds; return when (monotonic seconds)."""
    change(board, "INSERT OR REPLACE INTO dashboard_stopswitch VALUES ('all', ?)", int(stopped))
    return time.monotonic()
