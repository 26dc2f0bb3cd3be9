"""Ten million events into one board: what each process has resident after every million."""

import time

from bench import events, stage
from bench.options import Options
from bench.processes import rss
from bench.report import Cell, Table
from tests.boards import Board

MILLIONS = 10
BATCH = 1_000
ROLES = ("daphne", "worker", "valkey", "pulse", "beat")
SLUG = "long"
_MIB = 2**20


def measure(options: Options) -> Table:
    """Return the table: a row a million events, MiB by role, and what they came to on disk."""
    rows: list[list[Cell]] = []
    with stage.board() as board:
        key = board.create_campaign(SLUG)["ingest_key"]
        gross = payments = 0
        for number in range(MILLIONS):
            options.say(f"million {number + 1} of {MILLIONS}")
            stream = events.payments(options.events(1_000_000), stage.now(), seed=100 + number)
            gross, payments = gross + stream.gross, payments + stream.payments
            stream.gross, stream.payments = gross, payments
            began = time.monotonic()
            stage.counted(board, stream, SLUG, key, batch=BATCH)
            rate = len(stream.lines) / (time.monotonic() - began)
            rows.append([str(number + 1), f"{rate:,.0f}", *_sizes(board)])
    columns = ["millions", "events/s", *(f"{role} MiB" for role in ROLES)]
    return Table("Resident memory by process", [*columns, "ledger MiB", "Valkey data MiB"], rows)


def _sizes(board: Board) -> list[Cell]:
    resident = rss(board.pids)
    sizes = [resident[role] for role in ROLES]
    sizes += [stage.ledger_bytes(board), stage.valkey_bytes(board)]
    return [f"{size / _MIB:,.0f}" for size in sizes]
