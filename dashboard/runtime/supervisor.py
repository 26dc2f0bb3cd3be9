"""The supervisor: starts the board's processes in order, keeps them, stops them in reverse."""

import asyncio
import json
import logging
import os
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from dashboard.runtime.child import ASK_EVERY_S, Child, Keeper
from dashboard.store import deaths

log = logging.getLogger(__name__)

# From the start of a stage until all of it is ready; a cold disk compiles every module first.
START_TIMEOUT_S = 60.0


class NotReady(Exception):
    """A child did not become ready in time; the message names it."""


class Supervisor:
    """The running board. Children are stopped in the reverse of the order they were started in.

    `pids` is a file that always holds the processes by name, as JSON; beside it another says when
    they died (store/deaths.py).
    """

    def __init__(self, pids: Path) -> None:
        self._keepers: dict[str, Keeper] = {}
        self._pids, self._deaths = pids, pids.with_name(deaths.NAME)
        self._at_once = False
        self.stopping = asyncio.Event()

    def heed_signals(self) -> None:
        """End on Ctrl-C, SIGTERM and a closed terminal (unless started to outlive it).

        After Ctrl-C nobody is seen off: the board ends at once.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) != signal.SIG_IGN:
                loop.add_signal_handler(number, self._heed, number)

    def _heed(self, number: signal.Signals) -> None:
        self._at_once = self._at_once or number == signal.SIGINT
        self.stopping.set()

    async def start(self, *children: Child) -> None:
        """Start children in this order and return when all are ready.

        Raises `NotReady`. Returns early when the board is told to stop meanwhile.
        """
        for child in children:
            self._keepers[child.name] = Keeper(child, changed=self._note)
        deadline = time.monotonic() + START_TIMEOUT_S
        for child in children:
            await self._until_ready(child, deadline)

    async def _until_ready(self, child: Child, deadline: float) -> None:
        began = time.monotonic()
        while child.ready and not self.stopping.is_set() and not await child.ready():
            if self._keepers[child.name].over or time.monotonic() > deadline:
                raise NotReady(f"{child.name} did not become ready; its lines in the log say why")
            await asyncio.sleep(ASK_EVERY_S)
        if not self.stopping.is_set():
            log.info("ready name=%s waited_s=%.1f", child.name, time.monotonic() - began)

    async def restart(self, name: str) -> None:
        """End a child that lives but does not work; its keeper starts it again."""
        await self._keepers[name].end()

    async def run(self, *watches: Callable[[], Awaitable[None]]) -> None:
        """Wait until told to stop, with `watches` running beside."""
        tasks = [asyncio.ensure_future(watch()) for watch in watches]
        await self.stopping.wait()
        for task in tasks:
            task.cancel()

    async def stop(self) -> None:
        """Stop every child, the last started first, each one ended before the next is told."""
        self.stopping.set()
        for name, keeper in reversed(self._keepers.items()):
            began = time.monotonic()
            await keeper.stop(self._at_once)
            log.info("stopped name=%s took_s=%.1f", name, time.monotonic() - began)
        self._pids.unlink(missing_ok=True)
        self._deaths.unlink(missing_ok=True)

    def _note(self) -> None:
        """Write down who runs, and who died when."""
        self._write_pids()
        deaths.write(self._deaths, {name: one.deaths_ms for name, one in self._keepers.items()})

    def _write_pids(self) -> None:
        running: dict[str, int | None] = {"board": os.getpid()}
        running |= {name: keeper.pid for name, keeper in self._keepers.items()}
        draft = self._pids.with_suffix(".new")
        draft.write_text(json.dumps(running))
        draft.replace(self._pids)
