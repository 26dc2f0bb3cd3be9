"""A real Redis, on a port: alone, as a replica, under the eyes of Sentinels, in a cluster."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis

from tests.servers import running
from tests.servers.running import Server

SERVICE = "festival"
# How long the Sentinels let a silent master be, and a failover take.
_DOWN_AFTER_MS, _FAILOVER_MS = 1_500, 5_000


class RedisServer:
    """One server; durable unless `options` say otherwise. Its folder is `folder`/PORT."""

    def __init__(self, folder: Path, port: int, *options: str) -> None:
        self.port, self._options = port, options
        self.folder = folder / str(port)
        self.folder.mkdir()
        running.own(self.folder)
        self.url = f"redis://127.0.0.1:{port}"
        self.client = redis.Redis(port=port, socket_timeout=5)
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        kept = ("--appendonly", "yes", "--save", "")
        place = ("--port", str(self.port), "--dir", str(self.folder), "--bind", "127.0.0.1")
        command = ("redis-server", *place, *kept, *self._options)
        self.server = Server(self.folder, "SIGTERM", command, {})
        self.server.until(lambda: running.listens(self.port))

    def kill(self) -> None:
        """End it without a word to anybody."""
        os.kill(self.server.pid, signal.SIGKILL)
        self.server.stop()

    def stop(self) -> None:
        """End it."""
        self.server.stop()


class Watched:
    """A master, its replica, and three Sentinels."""

    def __init__(self, folder: Path) -> None:
        first, second, *sentinels = running.free_ports(5)
        self.servers = [RedisServer(folder, first)]
        self.servers.append(RedisServer(folder, second, "--replicaof", "127.0.0.1", str(first)))
        self._sentinels = [_sentinel(folder, port, first) for port in sentinels]
        where = ",".join(f"127.0.0.1:{port}" for port in sentinels)
        self.url = f"redis+sentinel://{where}/{SERVICE}"
        self._asked = redis.Redis(port=sentinels[0], socket_timeout=5, decode_responses=True)
        for one in self._sentinels:
            one.until(self._complete)

    def _complete(self) -> bool:
        """Whether the Sentinel that is asked knows the replica and its two fellows."""
        state: Any = self._asked.sentinel_master(SERVICE)
        known = (state["num-slaves"], state["num-other-sentinels"])
        return known == (1, 2) and state["is_master"] and not state["is_sdown"]

    def master(self) -> RedisServer:
        """Return the server that the Sentinels call the master."""
        address: Any = self._asked.sentinel_get_master_addr_by_name(SERVICE)
        return next(one for one in self.servers if one.port == int(address[1]))

    def stop(self) -> None:
        """End all."""
        for server in (*self._sentinels, *(one.server for one in self.servers)):
            server.stop()


def _sentinel(folder: Path, port: int, master: int) -> Server:
    own = folder / str(port)
    own.mkdir()
    running.own(own)
    file = own / "sentinel.conf"
    file.write_text(
        f"port {port}\ndir {own}\nbind 127.0.0.1\n"
        f"sentinel monitor {SERVICE} 127.0.0.1 {master} 2\n"
        f"sentinel down-after-milliseconds {SERVICE} {_DOWN_AFTER_MS}\n"
        f"sentinel failover-timeout {SERVICE} {_FAILOVER_MS}\n"
    )
    running.own(file)
    server = Server(own, "SIGTERM", ("redis-sentinel", str(file)), {})
    return server.until(lambda: running.listens(port))


@contextmanager
def started(*options: str) -> Iterator[RedisServer]:
    """Start one server, yield it, throw it away."""
    with running.folder("redis") as folder:
        server = RedisServer(folder, running.free_ports(1)[0], *options)
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def watched() -> Iterator[Watched]:
    """Start a master, a replica and Sentinels, yield them, throw them away."""
    with running.folder("sentinel") as folder:
        servers = Watched(folder)
        try:
            yield servers
        finally:
            servers.stop()
