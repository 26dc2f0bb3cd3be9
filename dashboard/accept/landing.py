"""From the commit thread back to the event loop: one wake-up a commit, not one a request.

Each wake-up of a loop from a thread costs two system calls and the interpreter's lock twice.
"""

import asyncio
from collections import deque
from concurrent.futures import Future

# How often it is looked whether somebody has waited too long.
LOOK_S = 0.1


class Landing:
    """Waits for futures that a thread completes; for one event loop."""

    def __init__(self, most_s: float) -> None:
        """Let nobody wait longer than `most_s` (and at the most `LOOK_S` more)."""
        self._most_s = most_s
        self._landed: deque[tuple[Future[int], asyncio.Future[int]]] = deque()
        self._awake = False
        self._waiting: deque[tuple[float, asyncio.Future[int]]] = deque()
        self._look: asyncio.TimerHandle | None = None

    async def of(self, future: Future[int]) -> int:
        """Return the result of `future`, or raise what it raises, or `TimeoutError`.

        Who stops waiting cancels it, where it has not begun.
        """
        loop = asyncio.get_running_loop()
        landing: asyncio.Future[int] = loop.create_future()
        self._waiting.append((loop.time() + self._most_s, landing))
        if self._look is None:
            self._look = loop.call_later(LOOK_S, self._send_away, loop)

        def land(done: Future[int]) -> None:
            self._landed.append((done, landing))
            if not self._awake:
                self._awake = True
                loop.call_soon_threadsafe(self._wake)

        future.add_done_callback(land)
        try:
            return await landing
        except (asyncio.CancelledError, TimeoutError):
            future.cancel()
            raise

    def _wake(self) -> None:
        self._awake = False  # first: what lands from now on wakes anew
        while self._landed:
            done, landing = self._landed.popleft()
            if landing.done() or done.cancelled():
                continue
            if error := done.exception():
                landing.set_exception(error)
            else:
                landing.set_result(done.result())

    def _send_away(self, loop: asyncio.AbstractEventLoop) -> None:
        """End the wait of who has waited too long; forget who has what it waited for."""
        while self._waiting:
            until_s, landing = self._waiting[0]
            if not landing.done():
                if loop.time() < until_s:
                    break
                landing.set_exception(TimeoutError())
            self._waiting.popleft()
        self._look = loop.call_later(LOOK_S, self._send_away, loop) if self._waiting else None
