"""End to end: events in over HTTP, answered 202, counted exactly once, shown in a frame.

From the first POST until the frame that shows all of them. A run fails where that frame does not
show exactly what was sent.
"""

import time
from collections import defaultdict

from bench import events, stage
from bench.events import Stream
from bench.options import Options
from bench.processes import cpu_s
from bench.report import Cell, Table, spread
from tests.boards import Board

# Events a run: some seconds each, at 2,000 to 200,000 events a second.
EVENTS = {1: 8_000, 100: 150_000, 1_000: 600_000, 5_000: 600_000}
CONNECTIONS = {1: 32, 100: 8, 1_000: 4, 5_000: 3}
ROLES = ("client", "daphne", "worker", "valkey", "pulse", "beat")
# With fewer events, what a campaign has anyway (its minutes, its keys) outweighs them.
_ENOUGH_FOR_BYTES = 100_000

Run = dict[str, float]


def measure(options: Options) -> Table:
    """Return the table: a row a size of batch, a kind of stream and a number of workers."""
    rows: list[list[Cell]] = []
    rates: dict[str, float] = {}
    later = 0.0
    for kind, batch in [*(("payments", batch) for batch in EVENTS), ("orders", 1_000)]:
        make = events.payments if kind == "payments" else events.orders
        stream = make(options.events(EVENTS[batch]), stage.now())
        for workers in (1, 2):
            name = f"{kind}, batches of {batch:,}, {_workers(workers)}"
            options.say(name)
            runs = _runs(options, stream, batch, workers)
            rows.append(_row(kind, batch, workers, runs))
            later += sum(run["later"] for run in runs)
            rates[name] = spread([run["rate"] for run in runs]).median
    columns = ["stream", "a batch", "workers", "events/s", *(f"{role} µs" for role in ROLES)]
    return Table(
        "End to end: POST, 202, counted exactly once, shown in a frame",
        [*columns, "ledger B", "Valkey B"],
        rows,
        "µs of CPU an event by process, bytes an event; SQLite synchronous=FULL, AOF everysec. "
        f"The sender runs on the same cores; {later:.0f} of its posts were told to come later.",
        rates,
    )


def _workers(number: int) -> str:
    return f"{number} worker{'s' if number > 1 else ''}"


def _runs(options: Options, stream: Stream, batch: int, workers: int) -> list[Run]:
    with stage.board("--workers", str(workers)) as board:
        return [one_run(board, stream, f"run-{n}", batch) for n in range(options.runs)]


def one_run(board: Board, stream: Stream, slug: str, batch: int) -> Run:
    """Send `stream` into a campaign of its own; return its rate and what an event cost."""
    pids = board.pids
    ledger, valkey = stage.ledger_bytes(board), stage.valkey_bytes(board)
    before = cpu_s(pids)
    done = stage.counted(board, stream, slug, batch=batch, connections=CONNECTIONS.get(batch, 4))
    after = cpu_s(pids)
    count = len(stream.lines)
    time.sleep(0.5)  # what was sent to Redis last is out of its buffers
    run = {role: 1e6 * (after[role] - before[role]) / count for role in ROLES[1:]}
    return run | {
        "rate": count / (done.shown - done.sent.began),
        "client": 1e6 * done.sent.cpu_s / count,
        "ledger": (stage.ledger_bytes(board) - ledger) / count,
        "valkey_bytes": (stage.valkey_bytes(board) - valkey) / len(set(stream.lines)),
        "events": count,
        "later": done.sent.later,
    }


def _row(kind: str, batch: int, workers: int, runs: list[Run]) -> list[Cell]:
    found: dict[str, list[float]] = defaultdict(list)
    for run in runs:
        for name, value in run.items():
            found[name].append(value)
    enough = found["events"][0] >= _ENOUGH_FOR_BYTES
    last: list[Cell] = [spread(found["ledger"], brief=True)]
    last.append(spread(found["valkey_bytes"], brief=True) if enough else "-")
    costs: list[Cell] = [spread(found[role], 1, brief=True) for role in ROLES]
    return [kind, f"{batch:,}", str(workers), spread(found["rate"]), *costs, *last]
