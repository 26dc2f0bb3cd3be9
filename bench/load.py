"""The sender: posts a file of events as fast as answers come, or at a given rate.

A process of its own, `python -m bench.load`, that costs the machine little: every request is
written before the clock starts, and one thread looks after a few connections that are kept alive.
It says `ready`, waits for a line, and prints one JSON object.
"""

import argparse
import json
import os
import selectors
import socket
import sys
import time
from collections import deque
from pathlib import Path

from bench.events import Stream, bodies

_ANSWER_BYTES = 1 << 16


class Connection:
    """One connection kept alive: sends a request, gives its answer's status when it is whole."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.number = -1
        self._sending = memoryview(b"")
        self._got = b""

    def begin(self, number: int, request: bytes) -> None:
        """Begin to send request `number`."""
        self.number, self._sending, self._got = number, memoryview(request), b""
        self.socket.setblocking(False)
        self.push()

    def push(self) -> bool:
        """Send what the socket takes; return whether all of it is on its way."""
        try:
            while self._sending:
                self._sending = self._sending[self.socket.send(self._sending) :]
        except BlockingIOError:
            pass
        return not self._sending

    def status(self) -> tuple[int, float]:
        """Return the answer's status and Retry-After, in seconds; (0, 0) while it is not whole."""
        got = self.socket.recv(_ANSWER_BYTES)
        if not got:
            raise ConnectionError("the server hung up")
        self._got += got
        head, mark, body = self._got.partition(b"\r\n\r\n")
        lines = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:])
        if not mark or len(body) < int(lines.get(b"content-length", b"0")):
            return 0, 0.0
        return int(head[9:12]), float(lines.get(b"retry-after", b"0"))


class Sender:
    """Sends requests in their order over `connections`; those told to come later are sent again.

    `due` has the second after the start at which each may be sent, where there is a rate.
    """

    def __init__(
        self, port: int, requests: list[bytes], connections: int, due: list[float]
    ) -> None:
        self.requests, self.due = requests, due
        self.waiting = deque(range(len(requests)))
        self.again: list[tuple[float, int]] = []
        self.idle = [Connection(port) for _ in range(connections)]
        self.selector = selectors.DefaultSelector()
        self.answered = self.later = 0
        self.took = [0.0] * len(requests)

    def run(self) -> float:
        """Send everything; return when it began (real time, s)."""
        self.began = time.monotonic()
        began = time.time()
        while self.answered < len(self.requests):
            pause = self._begin_what_is_due()
            for key, events in self.selector.select(pause):
                self._go_on(key.data, events)
        for connection in self.idle:
            connection.socket.close()
        self.selector.close()
        return began

    def _next(self, now_s: float) -> tuple[int, float]:
        """Return the next request and 0, or -1 and the seconds until there is one."""
        if self.again and self.again[0][0] <= now_s:
            return self.again.pop(0)[1], 0
        if self.waiting and (not self.due or self.due[self.waiting[0]] <= now_s):
            return self.waiting.popleft(), 0
        times = [self.again[0][0]] if self.again else []
        times += [self.due[self.waiting[0]]] if self.waiting and self.due else []
        return -1, max(0.0, min(times, default=now_s + 1) - now_s)

    def _begin_what_is_due(self) -> float | None:
        """Begin what may be sent now; return for how long to wait at most, None: for an answer."""
        while self.idle:
            now_s = time.monotonic() - self.began
            number, pause = self._next(now_s)
            if number < 0:
                return pause
            connection = self.idle.pop()
            # From when it was due, not from when a connection was free: a server that is late may
            # not choose what it is asked.
            self.took[number] = -(self.due[number] if self.due else now_s)
            connection.begin(number, self.requests[number])
            both = selectors.EVENT_READ | selectors.EVENT_WRITE
            wanted = selectors.EVENT_READ if connection.push() else both
            self.selector.register(connection.socket, wanted, connection)
        return None

    def _go_on(self, connection: Connection, events: int) -> None:
        if events & selectors.EVENT_WRITE and connection.push():
            self.selector.modify(connection.socket, selectors.EVENT_READ, connection)
        if not events & selectors.EVENT_READ:
            return
        status, later_s = connection.status()
        if not status:
            return
        self.selector.unregister(connection.socket)
        self.idle.append(connection)
        self._note(connection.number, status, later_s)

    def _note(self, number: int, status: int, later_s: float) -> None:
        now_s = time.monotonic() - self.began
        if status in (429, 503):
            self.later += 1
            self.again.append((now_s + later_s, number))
            self.again.sort()
        elif status in (200, 202):
            self.answered += 1
            self.took[number] += now_s
        else:
            raise SystemExit(f"request {number}: expected 202, got {status}")


def requests_of(path: Path, batch: int, target: str, key: str) -> list[bytes]:
    """Return the whole requests that send a file of events, `batch` at a time."""
    found = Stream(path.read_bytes().split(b"\n"), 0, 0, 0, [])
    head = (
        f"POST {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
        "Content-Type: application/json\r\nContent-Length: "
    ).encode()
    return [head + b"%d\r\n\r\n" % len(body) + body for body in bodies(found, batch)]


def main() -> None:
    """Send a file of events and print when it began and ended, and how long each answer took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("target", help="the path to post to")
    parser.add_argument("file", type=Path)
    parser.add_argument("--batch", type=int, default=1000)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--rate", type=float, default=0, help="events a second; 0: as many as go")
    given = parser.parse_args()
    requests = requests_of(given.file, given.batch, given.target, os.environ.get("KEY", ""))
    due = [n * given.batch / given.rate for n in range(len(requests))] if given.rate else []
    sender = Sender(given.port, requests, given.connections, due)
    print("ready", flush=True)
    sys.stdin.readline()
    cpu = time.process_time()
    began = sender.run()
    told = {
        "began": began,
        "ended": time.time(),
        "cpu_s": time.process_time() - cpu,
        "later": sender.later,
        "took": sender.took,
    }
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
