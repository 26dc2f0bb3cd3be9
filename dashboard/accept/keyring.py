"""The keyring in memory: a door reads no database for a request."""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError, InterfaceError, connection

from dashboard.accept.problems import later
from dashboard.store.keys import Keyring, load_keyring

log = logging.getLogger(__name__)

# A key issued or revoked counts within 2 s: read again after one, waited for after two.
RENEW_S = 1.0
STALE_S = 2.0
# A reading that takes longer is not waited for: nobody is kept for 2 s without an answer (R6).
PATIENCE_S = 1.5


class FreshKeyring:
    """The credentials in force, never more than two seconds old; for one event loop.

    `load` reads them and is called from a thread; `clock_s` is a monotonic clock.
    """

    def __init__(
        self,
        load: Callable[[], Keyring] = load_keyring,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._load = load
        self._clock_s = clock_s
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keyring")
        self._renewal: asyncio.Task[None] | None = None
        self._ring: Keyring | None = None
        self._as_of_s = self._asked_s = 0.0

    async def get(self) -> Keyring:
        """Return the keyring; raises a 503 where the database does not give it in time."""
        if self._older_than(RENEW_S) and (self._renewal is None or self._renewal.done()):
            self._asked_s = self._clock_s()
            self._renewal = asyncio.create_task(self._renew())
        if self._older_than(STALE_S) and self._renewal:
            left_s = self._asked_s + PATIENCE_S - self._clock_s()
            await asyncio.wait([self._renewal], timeout=max(0.0, left_s))
        if self._ring is None or self._older_than(STALE_S):
            raise later(503, "server: the database does not answer", reason="database")
        return self._ring

    async def close(self) -> None:
        """Wait for a renewal under way and give the thread's database connection back."""
        if self._renewal:
            await self._renewal
        await asyncio.get_running_loop().run_in_executor(self._thread, _hang_up)
        self._thread.shutdown()

    def _older_than(self, age_s: float) -> bool:
        return self._ring is None or self._clock_s() - self._as_of_s >= age_s

    async def _renew(self) -> None:
        began_s = self._asked_s
        loop = asyncio.get_running_loop()
        try:
            self._ring = await loop.run_in_executor(self._thread, self._load)
            self._as_of_s = began_s
        except (DatabaseError, InterfaceError) as error:
            log.warning("keyring not read error=%s", type(error).__name__)
            await loop.run_in_executor(self._thread, _hang_up)


def _hang_up() -> None:
    """Close the database connection of the thread this runs in."""
    connection.close()
