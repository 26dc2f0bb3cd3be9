"""The watchman: looks once a second whether operators must be told of something.

A thread beside another's work, in the outbox and, should that keep dying, in beat. Of several one
leads by a lease; what it says is said once however many look. Where the database is away nobody can
be told: it looks again.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress

from django.db import Error as DatabaseError
from django.db import connections

from dashboard.alerts.operators import Watch
from dashboard.store import leases
from gmvboard.clock import now_ms

log = logging.getLogger(__name__)

EVERY_S = 1.0
_LEASE, _LEASE_MS = "watchman", 5_000


def start(holder: str, stopping: threading.Event) -> threading.Thread:
    """Watch until `stopping` is set; return the thread that does."""
    thread = threading.Thread(target=work, args=(holder, stopping), name="watchman", daemon=True)
    thread.start()
    return thread


def work(holder: str, stopping: threading.Event, new_watch: Callable[[], Watch] = Watch) -> None:
    """Watch while `holder` leads, until told to stop; then let the lease go."""
    watch, failing = new_watch(), False
    while not stopping.wait(EVERY_S):
        try:
            if leases.take(_LEASE, holder, now_ms(), _LEASE_MS):
                watch.look(now_ms())
            else:
                watch = new_watch()  # what it remembers is old by the time it leads again
            failing = False
        except Exception as error:
            if not failing:
                unforeseen = not isinstance(error, DatabaseError)
                log.error("not watched, trying again error=%r", error, exc_info=unforeseen)
            failing = True
            connections.close_all()
    with suppress(DatabaseError):
        leases.release(_LEASE, holder)
    connections.close_all()
