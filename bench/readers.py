"""Many websocket readers in one light process: `python -m bench.readers PORT SOCKETS`.

A reader counts lengths and looks for one mark; it parses nothing. Prints "ready" when all have
their snapshot, and on a line from standard input one JSON object: how many frames that carry a mark
came, and the delays in ms.
"""

import json
import os
import re
import resource
import select
import socket
import sys
import time

from tests.webserver import handshake

# "notice": when the frame was published, ns of the machine's monotonic clock.
MARK = re.compile(rb'"notice":"(\d{10,20})"')
PING, TEXT, CLOSE = 0x9, 0x1, 0x8
# A server that caps connections by address sees this many from each.
_AN_ADDRESS = 500


class Reader:
    """One socket: what is left of the message it is in, and the last mark it saw."""

    __slots__ = ("left", "mark", "rest", "snapshot", "sock")

    def __init__(self, port: int, number: int) -> None:
        self.sock = socket.create_connection(
            ("127.0.0.1", port), 30, (f"127.0.1.{1 + number // _AN_ADDRESS}", 0)
        )
        self.sock.sendall(handshake(port))
        answer = b""
        while b"\r\n\r\n" not in answer:
            piece = self.sock.recv(4096)
            if not piece:
                raise ConnectionError("closed in the handshake")
            answer += piece
        head, _, self.rest = answer.partition(b"\r\n\r\n")
        if b" 101 " not in head:
            raise ConnectionError(head.decode())
        self.left, self.mark, self.snapshot = 0, b"", False
        self.sock.setblocking(False)

    def read(self, delays: list[float]) -> bool:
        """Read what is there and note the delay of a new mark; False where it was closed."""
        data = self.rest + self.sock.recv(262_144)
        if not data:
            return False
        at = 0
        while at < len(data):
            if self.left == 0 and not (at := self._head(data, at)):
                return True
            step = min(self.left, len(data) - at)
            at, self.left = at + step, self.left - step
            self.snapshot = self.snapshot or self.left == 0
        self.rest = b""
        if (found := MARK.search(data)) and found[1] != self.mark:
            self.mark = found[1]
            delays.append((time.monotonic_ns() - int(self.mark)) / 1e6)
        return True

    def _head(self, data: bytes, at: int) -> int:
        """Read a message's head; return where its payload begins, 0 where some is missing."""
        self.rest = data[at:]
        if len(self.rest) < 10 and len(self.rest) < 2 + {126: 2, 127: 8}.get(self.rest[-1], 0):
            return 0
        opcode, length, begin = data[at] & 15, data[at + 1], at + 2
        if length >= 126:
            size = 2 if length == 126 else 8
            length, begin = int.from_bytes(data[begin : begin + size], "big"), begin + size
        if opcode == PING:
            self.sock.send(bytes((0x8A, 0x80 | length, 0, 0, 0, 0)) + data[begin : begin + length])
        elif opcode == CLOSE:
            raise ConnectionError(f"closed: {data[begin : begin + length]!r}")
        self.left = length
        return begin


def main(port: int, sockets: int) -> None:
    """Connect, wait for the word, count until the next."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    epoll = select.epoll()
    readers: dict[int, Reader] = {}
    delays: list[float] = []
    lost = 0

    def turn(timeout: float) -> None:
        nonlocal lost
        for number, _ in epoll.poll(timeout):
            try:
                alive = number == 0 or readers[number].read(delays)
            except (ConnectionError, BlockingIOError) as error:
                alive = isinstance(error, BlockingIOError)
            if not alive:
                lost += 1
                epoll.unregister(number)

    for number in range(sockets):
        reader = Reader(port, number)
        readers[reader.sock.fileno()] = reader
        epoll.register(reader.sock.fileno(), select.EPOLLIN)
        turn(0)
    while sum(one.snapshot for one in readers.values()) + lost < sockets:
        turn(0.1)
    print("ready", flush=True)
    while not select.select([0], [], [], 0)[0]:
        turn(0.1)
    os.read(0, 100)
    print(json.dumps({"lost": lost, "delays": delays}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
