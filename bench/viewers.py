"""Fan-out: how many reading sockets one web process holds, and what a delivered frame costs it.

See `fanout.py`; quick takes a quarter of the sockets.
"""

from bench import fanout
from bench.options import Options
from bench.report import Cell, Table, spread

# Server, sockets, frames a second.
RUNS = (("daphne", 4_000, 1), ("daphne", 1_000, 4), ("uvicorn", 10_000, 1), ("uvicorn", 2_500, 4))
SECONDS, QUICK_SECONDS = 15, 5
COLUMNS = [
    *("one process of", "sockets", "frames/s", "frame bytes", "p50 ms", "p95 ms", "p99 ms"),
    *("µs of CPU a delivered frame", "MiB resident", "delivered %"),
]


def measure(options: Options) -> Table:
    """Return the table: a row a server and rate; one run each."""
    rows: list[list[Cell]] = []
    seconds = QUICK_SECONDS if options.quick else SECONDS
    for server, most, rate in RUNS:
        options.say(f"{server}, {most:,} sockets, {rate} frames a second")
        found = fanout.measure(server, most // 4 if options.quick else most, rate, seconds)
        times = [spread([one]) for one in (found.p50, found.p95, found.p99)]
        rows.append(
            [
                server,
                f"{found.sockets:,}",
                str(rate),
                f"{found.frame_bytes:,}",
                *times,
                spread([found.cpu_us], 1),
                spread([found.rss_mb]),
                spread([found.delivered_percent], 1),
            ]
        )
    return Table("Fan-out: reading sockets, from publishing to arrival", COLUMNS, rows, NOTE)


NOTE = "One run of 15 s each; the readers are another process on the same cores."
