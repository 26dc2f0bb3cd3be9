"""Single-event posts a second: one web process, 32 connections, each post durable on its own.

`naive.py` measures a Django view at the same posts; the ratio is printed at the end.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from bench import events, stage
from bench.options import Options
from bench.processes import cpu_s
from bench.report import Cell, Table, percentile, spread
from tests.boards import PROJECT

EVENTS = 8_000
CONNECTIONS = 32
WARM_UP = 500


class Server(NamedTuple):
    """One web process: what it is called, where it listens, its pid."""

    name: str
    port: int
    pid: int


def measure(options: Options) -> Table:
    """Return the table: a row a web server."""
    rows: list[list[Cell]] = []
    rates: dict[str, float] = {}
    for name in ("daphne", "uvicorn"):
        options.say(name)
        with stage.board("--server", name) as board:
            key = board.create_campaign("singles")["ingest_key"]
            target = "/api/v1/campaigns/singles/events"
            server = Server(name, board.port, board.pids[name])
            rows.append(row(options, server, target, key))
        rates[f"single posts, {name}"] = _median(rows[-1][1])
    columns = ["one process of", "posts/s", "its µs a post", "answered p99 ms"]
    return Table("Single-event posts, group commit, 32 connections", columns, rows, rates=rates)


def _median(cell: Cell) -> float:
    assert not isinstance(cell, str)
    return cell.median


def row(
    options: Options, server: Server, target: str, key: str = "", most: int = EVENTS
) -> list[Cell]:
    """Return the row of a server: posts a second, its CPU a post, and p99 of the answers."""
    rates, costs, slowest = [], [], []
    count = options.events(most)
    with stage.folder() as place:
        first = events.write(events.payments(WARM_UP, stage.now(), seed=2), place / "first")
        stage.send(server.port, target, first, key, batch=1, connections=CONNECTIONS)
        for number in range(options.runs):
            stream = events.payments(count, stage.now(), seed=10 + number)
            file = events.write(stream, place / "events")
            before = _used_s(server)
            sent = stage.send(server.port, target, file, key, batch=1, connections=CONNECTIONS)
            costs.append(1e6 * (_used_s(server) - before) / count)
            rates.append(count / (sent.ended - sent.began))
            slowest.append(1000 * percentile(sent.took, 99))
    return [server.name, spread(rates), spread(costs), spread(slowest)]


def _used_s(server: Server) -> float:
    return cpu_s({server.name: server.pid})[server.name]


@contextmanager
def serving(name: str, module: str, *arguments: str, env: dict[str, str]) -> Iterator[Server]:
    """Run the server `name`, `python -m module … --fd N`, until the block ends."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        number, port = listening.fileno(), listening.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments, "--fd", str(number)],
            cwd=PROJECT,
            env={**os.environ, **env},
            pass_fds=[number],
        )
        try:
            yield Server(name, port, process.pid)
        finally:
            process.terminate()
            process.wait()
