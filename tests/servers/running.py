"""Starting servers for tests: in a folder of their own, on free ports, gone when the tests are."""

import contextlib
import os
import pwd
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.servers import leash

START_WITHIN_S = 60


class Server:
    """A running server; `pid` is its own, not that of the leash it is on."""

    def __init__(self, folder: Path, stop: str, command: tuple[str, ...], env: Mapping[str, str]):
        self.folder = folder
        self._log = (folder / "server.log").open("ab")
        self._leash = subprocess.Popen(
            [sys.executable, leash.__file__, stop, *command],
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=self._log,
            cwd=folder,
            env={**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8", **env},
        )

    @property
    def pid(self) -> int:
        """The server's process."""
        children = Path(f"/proc/{self._leash.pid}/task/{self._leash.pid}/children")
        return int(children.read_text().split()[0])

    @property
    def ended(self) -> bool:
        """True once it has ended, by itself or killed."""
        return self._leash.poll() is not None

    def log(self) -> str:
        """Return what it has said."""
        return (self.folder / "server.log").read_text(errors="replace")

    def until(self, answers: Callable[[], bool]) -> "Server":
        """Wait until it `answers`; fail with its log where it does not."""
        deadline = time.monotonic() + START_WITHIN_S
        while not answers():
            assert not self.ended and time.monotonic() < deadline, self.log()[-3000:]
            time.sleep(0.05)
        return self

    def finish(self) -> None:
        """Wait for a program that ends by itself; fail with its log where it fails."""
        assert self._leash.wait() == 0, self.log()[-3000:]
        self.stop()

    def stop(self) -> None:
        """End it, the way it likes to be ended."""
        assert self._leash.stdin is not None
        self._leash.stdin.close()
        self._leash.wait()
        self._log.close()


@contextlib.contextmanager
def folder(name: str) -> Iterator[Path]:
    """Yield a new folder that belongs to whoever the servers run as."""
    made = Path(tempfile.mkdtemp(prefix=f"gmv-{name}-"))
    own(made)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def own(path: Path) -> None:
    """Give a file or folder to whoever the servers run as."""
    if leash.root():
        nobody = pwd.getpwnam("nobody")
        os.chown(path, nobody.pw_uid, nobody.pw_gid)


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on just now, all different.

    They are below those that the kernel gives to whoever asks for any, so that none goes to another
    before its server has it; a Redis in a cluster takes one that is 10,000 above as well.
    """
    found = set[int]()
    while len(found) < count:
        with contextlib.suppress(OSError):
            port = random.randrange(12_000, 32_000)
            socket.create_server(("127.0.0.1", port)).close()
            found.add(port)
    return sorted(found)


def listens(port: int) -> bool:
    """Return whether somebody accepts connections on this port of ours."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
