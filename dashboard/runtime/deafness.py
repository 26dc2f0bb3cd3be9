"""Finds the worker that lives but is deaf: celery has known that after a broken connection."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

# Beat sends a canary every 5 s; a task may take 20 s before it.
DEAF_AFTER_MS = 30_000
_LOOK_EVERY_S = 5.0


class Deafness:
    """Compares what was sent with what was heard, so that a silent beat makes nobody deaf."""

    def __init__(self, now_ms: int) -> None:
        self._begun_ms = now_ms

    def found(self, sent_ms: int, heard_ms: int, now_ms: int) -> bool:
        """Return True where the worker is deaf; it is then given the same time again.

        `sent_ms` and `heard_ms` are when a canary was last sent and last heard.
        """
        if sent_ms - max(heard_ms, self._begun_ms) <= DEAF_AFTER_MS:
            return False
        self._begun_ms = now_ms
        return True


async def watch(
    canary_signs: Callable[[], Awaitable[tuple[int, int] | None]],
    restart: Callable[[], Awaitable[None]],
    clock: Callable[[], int],
) -> None:
    """Look every few seconds, for ever, and `restart` the worker where it is deaf.

    `canary_signs` says when a canary was last sent and heard; None while Redis is away, when nobody
    can be heard.
    """
    deafness = Deafness(clock())
    while True:
        await asyncio.sleep(_LOOK_EVERY_S)
        signs = await canary_signs()
        if signs and deafness.found(*signs, clock()):
            log.error("worker is deaf, starting it again unheard_for_ms=%s", DEAF_AFTER_MS)
            await restart()
