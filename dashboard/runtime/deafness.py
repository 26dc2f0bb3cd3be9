"""Finds the worker that lives but is deaf: celery has known that after a broken connection."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

# Looks every 5 s, and beat sends a canary every 5 s: 30 s; a task may take 20 s before it.
DEAF_AFTER = 6
# A worker that was started anew on a machine at its limit was killed for ever before it could hear.
STARTS_WITHIN = 24
_LOOK_EVERY_S = 5.0


class Deafness:
    """Counts looks at which another canary was sent and none more heard.

    It compares marks and reads no clock: one that is set forward makes nobody deaf. Nor does a beat
    that is silent.
    """

    def __init__(self) -> None:
        self._sent = self._heard = self._unheard = 0
        self._starting = False

    def found(self, sent: int, heard: int) -> bool:
        """Return True where the worker is deaf; the next one has `STARTS_WITHIN` looks to be heard.

        `sent` and `heard` are the marks of the canaries last sent and last heard.
        """
        if heard != self._heard:
            self._unheard, self._starting = 0, False
        elif sent != self._sent:
            self._unheard += 1
        self._sent, self._heard = sent, heard
        if self._unheard < (STARTS_WITHIN if self._starting else DEAF_AFTER):
            return False
        self._unheard, self._starting = 0, True
        return True


async def watch(
    canary_signs: Callable[[], Awaitable[tuple[int, int] | None]],
    restart: Callable[[], Awaitable[None]],
) -> None:
    """Look every few seconds, for ever, and `restart` the worker where it is deaf.

    `canary_signs` says when a canary was last sent and heard; None while Redis is away, when nobody
    can be heard.
    """
    deafness = Deafness()
    while True:
        await asyncio.sleep(_LOOK_EVERY_S)
        signs = await canary_signs()
        if signs and deafness.found(*signs):
            log.error("worker is deaf, starting it again unheard_canaries=%s", DEAF_AFTER)
            await restart()
