"""The pulse's loop: a tick every quarter of a second, whatever is away meanwhile.

Reading, composing and writing are one thread's work; the channel layer wants an event loop.
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Protocol

from django.db import connections

from dashboard.pulse.lead import Lead
from dashboard.pulse.publish import GROUP
from dashboard.pulse.tick import Pulse
from dashboard.pulse.trouble import Trouble
from gmvboard import failpoints
from gmvboard.clock import now_ms

TICK_SECONDS = 0.25
# A frame that the layer has not taken by then is not worth waiting for: the next one follows.
LAYER_SECONDS = 1.0


class Layer(Protocol):
    """What the loop needs of a channel layer."""

    async def group_send(self, group: str, message: dict[str, str]) -> None:
        """Hand a message to every process that listens to the group."""


class Loop:
    """Runs a pulse for as long as it leads, and waits for the lead otherwise."""

    def __init__(self, pulse: Pulse, lead: Lead, layer: Layer) -> None:
        self._pulse, self._lead, self._layer = pulse, lead, layer
        self._work = Trouble("pulse")
        self._handing_on = Trouble("channel layer")

    async def run(self, stop: asyncio.Event) -> None:
        """Tick until `stop` is set; then give the lead back."""
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(1, "pulse") as thread:
            while not stop.is_set():
                began = loop.time()
                messages, wait = await loop.run_in_executor(thread, self.step)
                await self._hand_on(messages)
                await _sleep(stop, max(0.0, wait - (loop.time() - began)))
            await loop.run_in_executor(thread, self._end)

    def step(self) -> tuple[Sequence[dict[str, str]], float]:
        """Do one tick; return its messages and the seconds from its beginning to the next one."""
        try:
            messages = self._tick(now_ms())
        except Exception as error:  # whatever it is, the next tick may work: never die
            connections.close_all()
            return (), self._work.failed(error)
        self._work.over()
        return messages, TICK_SECONDS

    def _tick(self, now_ms: int) -> Sequence[dict[str, str]]:
        if self._lead.held(now_ms):
            return self._pulse.tick(now_ms)
        self._pulse.forget()
        return ()

    async def _hand_on(self, messages: Sequence[dict[str, str]]) -> None:
        """Give the frames to the layer; what it loses, readers fetch on their own timer."""
        try:
            async with asyncio.timeout(LAYER_SECONDS):
                for message in messages:
                    failpoints.hit("pulse.before_broadcast")
                    await self._layer.group_send(GROUP, message)
        except Exception as error:
            self._handing_on.failed(error)
        else:
            if messages:
                self._handing_on.over()

    def _end(self) -> None:
        try:
            self._lead.release()
        except Exception as error:
            self._work.failed(error)
        connections.close_all()


async def _sleep(stop: asyncio.Event, seconds: float) -> None:
    """Sleep, but no longer than until `stop` is set."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()
