"""One process of the board, and the keeper that has it running until it is told to stop."""

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from gmvboard.logs import printable, stamp

log = logging.getLogger(__name__)

# Back-off of a child that died: seconds, doubled each time; forgotten after a good life. What died
# of a bad start needs it; what worked is to be back within 5 s, however often it is killed.
FIRST_PAUSE_S, LONGEST_PAUSE_S, GOOD_LIFE_S = 0.2, 10.0, 5.0
ASK_EVERY_S = 0.05  # whether it is ready
_TETHER = Path(__file__).with_name("tether.py")
_LONGEST_LINE = 64 * 1024


@dataclass(frozen=True, kw_only=True)
class Child:
    """What to run and how to look after it.

    `ready` is asked until it says yes; without one a child counts as ready when it has started.
    `prepare` runs before each start and is given the number of lives in a row, just before, in
    which it never got ready. `final` are the exit codes after which it is not started again.
    `grace_s` is what it has to end after SIGTERM; `drain_s` is added for one that then sees its
    callers off, which Ctrl-C spares it: it is sent SIGINT. `inherit` are file descriptors it keeps,
    `env` what is added to its environment.
    """

    name: str
    argv: tuple[str, ...]
    ready: Callable[[], Awaitable[bool]] | None = None
    prepare: Callable[[int], None] | None = None
    final: frozenset[int] = frozenset()
    grace_s: float = 8.0
    drain_s: float = 0.0
    inherit: tuple[int, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)


def failures_after(failures: int, life_s: float) -> int:
    """Return how many failures in a row it is when another life of `life_s` has ended."""
    return 1 if life_s > GOOD_LIFE_S else failures + 1


def pause_after(failures: int) -> float:
    """Return the seconds to wait before the next start."""
    return min(FIRST_PAUSE_S * (1 << min(failures - 1, 10)), LONGEST_PAUSE_S)


class Keeper:
    """Runs a child in a session of its own, starts it again when it dies, and tells its output."""

    def __init__(self, child: Child, changed: Callable[[], None] = lambda: None) -> None:
        self.child = child
        self.process: asyncio.subprocess.Process | None = None
        self._changed = changed
        self._stopping = asyncio.Event()
        self._failures = self._never_ready = 0
        self._task = asyncio.create_task(self._keep(), name=child.name)

    @property
    def pid(self) -> int | None:
        """The running process, None between two lives."""
        return self.process.pid if self.process else None

    @property
    def over(self) -> bool:
        """True once it will not be started again."""
        return self._task.done()

    async def stop(self, at_once: bool = False) -> None:
        """End the child for good: SIGTERM, and after its grace SIGKILL for all it started."""
        self._stopping.set()
        await self.end(at_once)
        (outcome,) = await asyncio.gather(self._task, return_exceptions=True)
        if isinstance(outcome, BaseException):
            log.error("keeper failed name=%s", self.child.name, exc_info=outcome)

    async def end(self, at_once: bool = False) -> None:
        """End this life of the child; unless it is being stopped, another one follows."""
        process, child = self.process, self.child
        hurried = at_once and child.drain_s > 0
        grace_s = child.grace_s + (0 if hurried else child.drain_s)
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGINT if hurried else signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), grace_s)
        except TimeoutError:
            log.warning("killed name=%s grace_s=%s", child.name, grace_s)
            _kill_group(process.pid)

    async def _keep(self) -> None:
        while not self._stopping.is_set():
            began = time.monotonic()
            code = await self._live()
            if self._stopping.is_set() or code in self.child.final:
                log.info("ended name=%s code=%s", self.child.name, code)
                return
            self._failures = failures_after(self._failures, time.monotonic() - began)
            pause = pause_after(self._failures)
            log.warning("died name=%s code=%s again_in_s=%s", self.child.name, code, pause)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause)

    async def _live(self) -> int:
        """Run the child once and return its exit code; negative is the signal that ended it."""
        if self.child.prepare:
            self.child.prepare(self._never_ready)
        self._never_ready += 1
        try:
            process, output = await _spawn(self.child)
        except OSError as error:
            log.error("not started name=%s error=%s", self.child.name, error.strerror)
            return 1
        self.process = process
        self._changed()
        telling = asyncio.create_task(_tell(self.child.name, output))
        asking = asyncio.create_task(self._note_ready())
        if self._stopping.is_set():  # told to stop while it was being started
            await self.end()
        code = await process.wait()
        asking.cancel()
        _kill_group(process.pid)
        await telling
        self.process = None
        return code

    async def _note_ready(self) -> None:
        """Ask until this life of the child is ready: it began well, however it ends."""
        while self.child.ready and not await self.child.ready():
            await asyncio.sleep(ASK_EVERY_S)
        self._never_ready = 0


async def _spawn(child: Child) -> tuple[asyncio.subprocess.Process, asyncio.StreamReader]:
    """Start a child that dies with this process and does not hear the terminal's Ctrl-C.

    The pipe is our own: with asyncio's, `wait` would last until all that the child started is gone.
    """
    reading, writing = os.pipe()
    output = asyncio.StreamReader(limit=_LONGEST_LINE)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(output), os.fdopen(reading, "rb")
    )
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", str(_TETHER), str(os.getpid()), *child.argv),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=writing,
            stderr=writing,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "SUPERVISED": "1", **child.env},
            start_new_session=True,
            pass_fds=child.inherit,
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
