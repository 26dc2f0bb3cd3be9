"""From the ledger: how fast the figures are rebuilt, and compared, beside the running board."""

import json
import subprocess
import sys
from typing import Any

from bench import events, stage
from bench.options import Options
from bench.report import Cell, Table, spread
from tests.boards import PROJECT, Board

EVENTS = 1_000_000
SLUG = "ledger"
NAMES = {
    "rebuild": "rebuild the figures",
    "reconcile": "reconcile them",
    "verify": "verify digests and seals",
}


def measure(options: Options) -> Table:
    """Return the table: a row for each thing that is done with a whole ledger."""
    count = options.events(EVENTS)
    with stage.board() as board:
        options.say(f"a ledger of {count:,} events")
        stage.counted(board, events.payments(count, stage.now()), SLUG, batch=1_000)
        rows = [_row(options, board, what, count) for what in NAMES]
    rates = {str(row[0]): cell.median for row in rows if not isinstance(cell := row[1], str)}
    columns = ["what", "events/s", "its own µs of CPU an event", "Valkey's"]
    return Table(f"From a ledger of {count:,} events, beside the board", columns, rows, rates=rates)


def _row(options: Options, board: Board, what: str, count: int) -> list[Cell]:
    options.say(what)
    told = [_told(board, what) for _ in range(options.runs)]
    return [
        NAMES[what],
        spread([count / one["wall_s"] for one in told]),
        spread([1e6 * one["cpu_s"] / count for one in told], 2),
        spread([1e6 * one["valkey_s"] / count for one in told], 2),
    ]


def _told(board: Board, what: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.recomputing", what, SLUG]
    done = subprocess.run(command, cwd=PROJECT, env=board.env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told
