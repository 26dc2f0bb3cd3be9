"""The look-out: once a second a thread sees how full the disk is and how far the tallies are.

A request asks nobody: it is judged by what was seen last. Where Redis does not answer, or nothing
is being counted, only bytes and the disk limit what is taken.
"""

import logging
import shutil
import threading
import time
from collections.abc import Callable

import redis
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from dashboard.accept.backlogs import Backlogs, Watched
from dashboard.accept.pressure import Seen
from dashboard.store import canary, ledger, tallies
from dashboard.store.connect import impatient

log = logging.getLogger(__name__)

LOOK_S = 1.0


class Lookout:
    """`seen` is what was seen last. `look` returns it anew; it is called from a thread."""

    def __init__(self, look: Callable[[], Seen] | None = None, every_s: float = LOOK_S) -> None:
        self.seen = Seen()
        self._look = look or Look()
        self._every_s = every_s
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to look, if it has not begun; in the process that serves, not one before a fork."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="lookout", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End the thread."""
        self._closing.set()
        if self._thread:
            self._thread.join()

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                self.seen = self._look()
            except Exception:  # it looks for as long as the process lives
                log.exception("look-out failed, unforeseen")
            self._closing.wait(self._every_s)
        connection.close()


class Look:
    """One look after the other at disk, ledger and tallies."""

    def __init__(self) -> None:
        self._backlogs = Backlogs()
        self._last = Seen()

    def __call__(self) -> Seen:
        """Return what is to be seen now; where the database does not answer, what was last."""
        free_bytes = shutil.disk_usage(settings.DATA_DIR).free
        try:
            looks, canary_s = _watched()
            backlog_bytes, behind_s = self._backlogs.see(looks, canary_s, time.time())
        except (DatabaseError, InterfaceError) as error:
            log.warning("backlog not seen error=%s", type(error).__name__)
            connection.close()
            # Too old to refuse anybody by: what a database that is away means, commits will tell.
            backlog_bytes, behind_s = self._last.backlog_bytes, {}
        self._last = Seen(free_bytes, backlog_bytes, behind_s)
        return self._last


def _watched() -> tuple[list[Watched], float]:
    """Return a look at each campaign with batches, and when a worker last ran a canary (s)."""
    heads = ledger.heads()
    positions: dict[int, int] = {}
    heard_ms = 0
    try:
        positions = {one: tallies.position(impatient(), one) for one in heads}
        _sent_ms, heard_ms = canary.last_sent_and_heard(impatient())
    except redis.RedisError:
        positions = {}  # without Redis nothing is counted, and nobody is to blame for that
    looks = [Watched(one, head, positions.get(one)) for one, head in heads.items()]
    return looks, heard_ms / 1000
