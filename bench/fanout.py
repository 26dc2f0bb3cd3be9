"""How many websocket readers one server process holds: `python -m bench.fanout`.

The web server as the board runs it, with a Valkey behind it and a publisher in the pulse's place;
the readers are another process. The delay is from the frame's publishing to its arrival.
"""

import argparse
import json
import math
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from dashboard.runtime.roles import SERVERS
from tests import webserver
from tests.boards import PROJECT
from tests.webserver import WebServer

HEAD = (
    "| server | sockets | frames/s | frame bytes | p50 ms | p95 ms | p99 ms "
    "| CPU µs a delivered frame | RSS MB | delivered |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)
WARM_S = 3.0


class Measured(msgspec.Struct):
    """One run; delays in ms, CPU of the server in µs a delivered frame, memory in MB."""

    server: str
    sockets: int
    frames_per_second: float
    frame_bytes: int
    p50: float
    p95: float
    p99: float
    cpu_us: float
    rss_mb: float
    delivered_percent: float

    def row(self) -> str:
        """Return the run as a row of the table under `HEAD`."""
        cells = [
            self.server,
            f"{self.sockets:,}",
            f"{self.frames_per_second:g}",
            f"{self.frame_bytes:,}",
            *(f"{value:.0f}" for value in (self.p50, self.p95, self.p99)),
            f"{self.cpu_us:.1f}",
            f"{self.rss_mb:.0f}",
            f"{self.delivered_percent:.1f} %",
        ]
        return f"| {' | '.join(cells)} |"


def measure(server: str, sockets: int, rate: float, seconds: float) -> Measured:
    """Return one run of `sockets` readers at `rate` frames a second."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with (
        webserver.running(server, VIEWERS=str(sockets + 100)) as served,
        readers(served.port, sockets) as watching,
    ):
        found, counted, cost, size = run(served, watching, rate, seconds)
        cuts = statistics.quantiles(found["delays"], n=100)
        rss = served.rss() / 1e6
    whole = counted * (sockets - found["lost"])
    return Measured(
        server,
        sockets - found["lost"],
        rate,
        size,
        cuts[49],
        cuts[94],
        cuts[98],
        1e6 * cost / len(found["delays"]),
        rss,
        100 * len(found["delays"]) / whole,
    )


@contextmanager
def readers(port: int, sockets: int) -> Iterator[subprocess.Popen[str]]:
    """Run a process of so many readers, each with its snapshot."""
    command = [sys.executable, "-m", "bench.readers", str(port), str(sockets)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=PROJECT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n", "the readers did not all connect"
        yield process


def run(
    served: WebServer, watching: subprocess.Popen[str], rate: float, seconds: float
) -> tuple[dict[str, Any], int, float, int]:
    """Publish; return what readers saw, the frames, the server's CPU seconds, a frame's size."""
    time.sleep(WARM_S)
    size, count = 0, math.ceil(seconds * rate)
    begin, before = time.monotonic(), served.process.cpu_times()
    for number in range(count):
        time.sleep(max(0.0, begin + number / rate - time.monotonic()))
        size = served.publisher.publish()
    time.sleep(max(1.0, 1 / rate))
    after = served.process.cpu_times()
    told, _ = watching.communicate("stop\n")
    cost = after.user + after.system - before.user - before.system
    return json.loads(told), count, cost, size


def main(arguments: list[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", choices=SERVERS, action="append")
    parser.add_argument("--sockets", type=int, action="append")
    parser.add_argument("--rate", type=float, action="append")
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args(arguments)
    print(HEAD)
    for server in options.server or SERVERS:
        for sockets in options.sockets or [4_000 if server == "daphne" else 10_000]:
            for rate in options.rate or [1.0]:
                print(measure(server, sockets, rate, options.seconds).row(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
