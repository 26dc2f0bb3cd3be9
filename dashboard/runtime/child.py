"""One process of the board, and the keeper that has it running until it is told to stop."""

import asyncio
import logging
import signal
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from dashboard.runtime.life import Life
from dashboard.runtime.succession import PATIENCE_S
from dashboard.store.deaths import KEPT
from gmvboard.clock import now_ms

log = logging.getLogger(__name__)

# Back-off of a child that died: seconds, doubled each time; forgotten after a good life. What died
# of a bad start needs it; what worked is to be back within 5 s, however often it is killed.
FIRST_PAUSE_S, LONGEST_PAUSE_S, GOOD_LIFE_S = 0.2, 10.0, 5.0
ASK_EVERY_S = 0.05  # whether it is ready


@dataclass(frozen=True, kw_only=True)
class Child:
    """What to run and how to look after it.

    `ready` is asked until it says yes; without one a child counts as ready when it has started.
    `prepare` runs before each start and is given the number of lives in a row, just before, in
    which it never got ready. `final` are the exit codes after which it is not started again.
    `grace_s` is what it has to end after SIGTERM; `drain_s` is added for one that then sees its
    callers off, which Ctrl-C spares it: it is sent SIGINT. `inherit` are file descriptors it keeps,
    `env` what is added to its environment. One that `says` when it serves and when it leaves is
    followed by another before it goes (succession.py).
    """

    name: str
    argv: tuple[str, ...]
    ready: Callable[[], Awaitable[bool]] | None = None
    prepare: Callable[[int], None] | None = None
    final: frozenset[int] = frozenset()
    grace_s: float = 8.0
    drain_s: float = 0.0
    inherit: tuple[int, ...] = ()
    says: bool = False
    env: Mapping[str, str] = field(default_factory=dict)


def failures_after(failures: int, life_s: float) -> int:
    """Return how many failures in a row it is when another life of `life_s` has ended."""
    return 1 if life_s > GOOD_LIFE_S else failures + 1


def pause_after(failures: int) -> float:
    """Return the seconds to wait before the next start; none after a first failure."""
    return min(FIRST_PAUSE_S * (1 << min(failures - 2, 10)), LONGEST_PAUSE_S) if failures > 1 else 0


class Keeper:
    """Runs a child, starts it again when it dies, and another beside it when it says it leaves."""

    def __init__(self, child: Child, changed: Callable[[], None] = lambda: None) -> None:
        self.child = child
        self.deaths_ms: deque[int] = deque(maxlen=KEPT)  # real times, the latest few
        self._life: Life | None = None
        self._leaving: dict[Life, asyncio.Task[None]] = {}
        self._changed = changed
        self._stopping = asyncio.Event()
        self._failures = self._never_ready = 0
        self._task = asyncio.create_task(self._keep(), name=child.name)

    @property
    def pid(self) -> int | None:
        """The running process, the newest of two; None between two lives, one that leaves over."""
        return self._life.process.pid if self._life else None

    @property
    def over(self) -> bool:
        """True once it will not be started again."""
        return self._task.done()

    async def stop(self, at_once: bool = False) -> None:
        """End the child for good: SIGTERM, and after its grace SIGKILL for all it started."""
        self._stopping.set()
        for life in self._leaving:
            self._tell_to_end(life, at_once)
        hurried = [life.end_within(self.child.grace_s) for life in self._leaving if at_once]
        await asyncio.gather(self.end(at_once), *hurried)
        found = await asyncio.gather(self._task, *self._leaving.values(), return_exceptions=True)
        for outcome in found:
            if isinstance(outcome, BaseException):
                log.error("keeper failed name=%s", self.child.name, exc_info=outcome)

    async def end(self, at_once: bool = False) -> None:
        """End this life of the child; unless it is being stopped, another one follows."""
        if life := self._life:
            self._tell_to_end(life, at_once)
            hurried = at_once and self.child.drain_s > 0
            await life.end_within(self.child.grace_s + (0 if hurried else self.child.drain_s))

    def _tell_to_end(self, life: Life, at_once: bool) -> None:
        hurried = at_once and self.child.drain_s > 0
        if self._stopping.is_set():
            life.alone()
        life.signal(signal.SIGINT if hurried else signal.SIGTERM)

    async def _keep(self) -> None:
        while not self._stopping.is_set():
            began = time.monotonic()
            code = await self._live()
            if code is None:
                log.info("leaves name=%s", self.child.name)
                continue
            if self._stopping.is_set() or code in self.child.final:
                log.info("ended name=%s code=%s", self.child.name, code)
                return
            self.deaths_ms.append(now_ms())
            self._changed()
            self._failures = failures_after(self._failures, time.monotonic() - began)
            pause = pause_after(self._failures)
            log.warning("died name=%s code=%s again_in_s=%s", self.child.name, code, pause)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause)

    async def _live(self) -> int | None:
        """Run the child once; return its exit code, None where it leaves and runs on until then."""
        if self.child.prepare:
            self.child.prepare(self._never_ready)
        self._never_ready += 1
        try:
            life = await Life.begin(
                self.child.name,
                self.child.argv,
                self.child.inherit,
                self.child.env,
                says=self.child.says,
            )
        except OSError as error:
            log.error("not started name=%s error=%s", self.child.name, error.strerror)
            return 1
        self._life = life
        self._changed()
        asking = asyncio.create_task(self._note_ready(life))
        if self._stopping.is_set():  # told to stop while it was being started
            await self.end()
        leaves = asyncio.create_task(life.leaves.wait())
        await asyncio.wait({life.over, leaves}, return_when=asyncio.FIRST_COMPLETED)
        asking.cancel()
        leaves.cancel()
        self._life = None
        if not life.over.done():
            self._changed()
            self._leaving[life] = asyncio.create_task(self._see_out(life))
            return None
        return life.over.result()

    async def _note_ready(self, life: Life) -> None:
        """Ask until this life of the child is ready: it began well, however it ends."""
        while self.child.ready and not await self.child.ready():
            await asyncio.sleep(ASK_EVERY_S)
        if self.child.says:
            await life.serves.wait()
        self._never_ready = 0
        for one in self._leaving:
            one.followed()

    async def _see_out(self, life: Life) -> None:
        await life.end_within(PATIENCE_S + self.child.drain_s + self.child.grace_s)
        del self._leaving[life]
