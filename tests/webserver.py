"""A web server of the board's, alone: a Valkey behind it, and a publisher in the pulse's place."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import psutil
import redis

from dashboard.runtime.roles import SERVERS
from dashboard.store import frames as stored
from tests import valkey
from tests.boards import PROJECT, manage
from tests.browser import frames

SLUG = "viewed"
PATH = f"/ws/campaigns/{SLUG}/"


class Publisher:
    """Stands in for the pulse: figures of a festival's afternoon, numbered and timed."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        snapshot = frames.snapshot(campaign=SLUG)
        self.frame = frames.frame_after(snapshot)
        whole = msgspec.json.encode(snapshot)
        stored.put(client, 1, msgspec.json.encode(self.frame), whole)

    def publish(self) -> int:
        """Publish the next frame, its notice the moment of sending (ns); return its length."""
        self.frame["seq"] += 1
        body = msgspec.json.encode({**self.frame, "notice": str(time.monotonic_ns())})
        message = {"type": "frame", "campaign": SLUG, "frame": body.decode()}
        self._client.publish("gmv-live__group__frames", msgspec.msgpack.encode(message))
        return len(body)


class WebServer:
    """The server's process, its port, what it is fed, the campaign's key, and who called it."""

    def __init__(self, name: str, pid: int, port: int, publisher: Publisher, key: str) -> None:
        self.name, self.port, self.publisher, self.key = name, port, publisher, key
        self.process = psutil.Process(pid)
        self.callers: list[socket.socket] = []

    def connect(self, address: int = 1, small: bool = False) -> socket.socket:
        """Return a connection from 127.0.1.`address`; a `small` one takes little in."""
        caller = socket.socket()
        self.callers.append(caller)
        if small:
            caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        caller.bind((f"127.0.1.{address}", 0))
        caller.settimeout(60)
        caller.connect(("127.0.0.1", self.port))
        return caller

    def open_socket(self, address: int = 1, small: bool = False) -> socket.socket:
        """Return a connection on which a websocket was opened; nothing after its 101 was read."""
        caller = self.connect(address, small)
        caller.sendall(handshake(self.port))
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            piece = caller.recv(1)
            assert piece, f"closed in the handshake: {answer!r}"
            answer += piece
        assert b" 101 " in answer, answer
        return caller

    def wait(self) -> None:
        """Wait until the server has served one socket, and holds what it holds from then on."""
        with self.open_socket(99) as first:
            first.recv(1)

    def rss(self) -> int:
        """Return the server's resident memory in bytes."""
        return int(self.process.memory_info().rss)


def handshake(port: int) -> bytes:
    """Return the request that opens a websocket."""
    return (
        f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    ).encode()


@contextmanager
def running(name: str, **settings: str) -> Iterator[WebServer]:
    """Run the server `name`, one of `SERVERS`, with these settings in its environment."""
    with tempfile.TemporaryDirectory() as folder, valkey.running() as client:
        path = client.connection_pool.connection_kwargs["path"]
        data = str(Path(folder) / "data")
        env = {**os.environ, "DATA_DIR": data, "REDIS_URL": f"unix://{path}", **settings}
        key = _make_campaign(env)
        publisher = Publisher(client)
        with socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
            port, number = listening.getsockname()[1], listening.fileno()
            command = [sys.executable, "-m", SERVERS[name], "--fd", str(number)]
            with subprocess.Popen(command, env=env, cwd=PROJECT, pass_fds=[number]) as process:
                server = WebServer(name, process.pid, port, publisher, key)
                try:
                    server.wait()
                    yield server
                finally:
                    process.kill()
                    for caller in server.callers:
                        caller.close()


def _make_campaign(env: dict[str, Any]) -> str:
    manage("migrate", env=env)
    options = {
        "name": "Viewed",
        "currency": "CNY",
        "timezone": "Asia/Shanghai",
        "start": "2012-11-10T16:00:00Z",
        "end": "2012-11-11T16:00:00Z",
        "visibility": "public",
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    made = manage("createcampaign", SLUG, *flags, env=env)
    return str(msgspec.json.decode(made.stdout)["ingest_key"])
