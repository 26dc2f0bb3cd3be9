"""One life of a child: a process in a session of its own, what it says, and the line to it."""

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

from dashboard.runtime.succession import FOLLOWED, LEAVES, LINE, SERVES
from gmvboard.logs import printable, stamp

log = logging.getLogger(__name__)

_TETHER = Path(__file__).with_name("tether.py")
_LONGEST_LINE = 64 * 1024


class Life:
    """A process that runs; `serves` and `leaves` are set when it has said so on its line."""

    def __init__(
        self,
        name: str,
        process: asyncio.subprocess.Process,
        output: asyncio.StreamReader,
        line: socket.socket,
    ) -> None:
        self.name, self.process = name, process
        self.serves, self.leaves = asyncio.Event(), asyncio.Event()
        self._line = line
        self._telling = asyncio.create_task(_tell(name, output))
        self._hearing = asyncio.create_task(self._hear())
        self.over = asyncio.create_task(self._until_over())

    @classmethod
    async def begin(
        cls,
        name: str,
        argv: tuple[str, ...],
        inherit: tuple[int, ...],
        env: Mapping[str, str],
        *,
        says: bool,
    ) -> Self:
        """Start a process that dies with this one; one that `says` has the line. Raises `OSError`.

        Any other would hand it on to all that it starts.
        """
        ours, its = socket.socketpair()
        ours.setblocking(False)
        try:
            if says:
                inherit, env = (*inherit, its.fileno()), {**env, LINE: str(its.fileno())}
            process, output = await _spawn(argv, inherit, env)
        except OSError:
            ours.close()
            raise
        finally:
            its.close()
        return cls(name, process, output, ours)

    def followed(self) -> None:
        """Tell it that another one serves in its place."""
        with suppress(OSError):
            self._line.send(FOLLOWED)

    def alone(self) -> None:
        """Tell it that none will."""
        with suppress(OSError):
            self._line.shutdown(socket.SHUT_WR)

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal; nothing where it has ended."""
        with suppress(ProcessLookupError):
            self.process.send_signal(number)

    async def end_within(self, grace_s: float) -> None:
        """Return when it is over; what is left of it after `grace_s` is killed."""
        try:
            await asyncio.wait_for(asyncio.shield(self.over), grace_s)
        except TimeoutError:
            log.warning("killed name=%s grace_s=%s", self.name, grace_s)
            _kill_group(self.process.pid)
            await self.over

    async def _until_over(self) -> int:
        """Return the exit code; negative is the signal that ended it."""
        code = await self.process.wait()
        _kill_group(self.process.pid)
        await self._telling
        self._hearing.cancel()
        self._line.close()
        return code

    async def _hear(self) -> None:
        words = {SERVES: self.serves, LEAVES: self.leaves}
        with suppress(OSError):
            while word := await asyncio.get_running_loop().sock_recv(self._line, 1):
                if word in words:
                    words[word].set()


async def _spawn(
    argv: tuple[str, ...], inherit: tuple[int, ...], env: Mapping[str, str]
) -> tuple[asyncio.subprocess.Process, asyncio.StreamReader]:
    """Start a process that dies with this one and does not hear the terminal's Ctrl-C.

    The pipe is our own: with asyncio's, `wait` would last until all that the child started is gone.
    """
    reading, writing = os.pipe()
    output = asyncio.StreamReader(limit=_LONGEST_LINE)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(output), os.fdopen(reading, "rb")
    )
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", str(_TETHER), str(os.getpid()), *argv),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=writing,
            stderr=writing,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "SUPERVISED": "1", **env},
            start_new_session=True,
            pass_fds=inherit,
        )
    finally:
        os.close(writing)
    return process, output


async def _tell(name: str, output: asyncio.StreamReader) -> None:
    """Write what a child says to the one log, each line with the time and the child's name."""
    while not output.at_eof():
        try:
            line = (await output.readline()).decode(errors="backslashreplace").rstrip("\r\n")
        except ValueError:
            line = f"(a line over {_LONGEST_LINE} bytes, left out)"
        if line:
            _write(f"{stamp()} {name:<7} | {printable(line)}\n")


def _write(line: str) -> None:
    with suppress(OSError):  # nobody reads the log any more: that is no reason to end the board
        sys.stderr.write(line)
        sys.stderr.flush()


def _kill_group(pid: int) -> None:
    """Kill what is left of a child's process group; its leader's pid is the group's number."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
