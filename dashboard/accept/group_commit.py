"""Group commit: requests that wait at the same time share one commit.

One thread takes everything that waits and commits it; what comes meanwhile waits for the next
commit. So nobody waits while it is idle, and a flood costs one commit for hundreds of requests.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
)

from dashboard.store import ledger
from dashboard.store.ledger import Incoming
from gmvboard import failpoints

log = logging.getLogger(__name__)

# One commit: large enough to be cheap for each, small enough to take some milliseconds.
MOST_REQUESTS = 500
MOST_EVENTS = 20_000
# While requests come in company the next commit waits for more of them: it costs a millisecond of
# CPU however many share it. Who comes alone is committed at once.
GATHER_S = 0.005
# A database connection that was idle this long may be dead: the next commit gets a new one.
IDLE_S = 60.0


class Full(Exception):
    """Too much is waiting to be committed; it is wiser to send later."""


class NotCommitted(Exception):
    """The commit failed: nothing of it is in the ledger. Logged already."""


class _Waiting(Future[int]):
    """The batch number of one request, once it is committed."""

    def __init__(self, incoming: Incoming) -> None:
        super().__init__()
        self.incoming = incoming


class GroupCommit:
    """Commits from one thread, with a database connection of its own.

    `append` writes to the ledger; `committed` is then told the campaigns that have new events, and
    must return at once.
    """

    def __init__(
        self,
        append: Callable[[Sequence[Incoming]], list[int]] = ledger.append,
        committed: Callable[[set[int]], None] = lambda _campaigns: None,
        most_waiting: int = 2_000,
        most_bytes: int = 32 * 1024 * 1024,
    ) -> None:
        self._append = append
        self._committed = committed
        self._most_waiting = most_waiting
        self._most_bytes = most_bytes
        self._queue: deque[_Waiting] = deque()
        self._bytes = 0
        self._changed = threading.Condition()
        self._closing = False
        self._began_s = 0.0
        self._thread: threading.Thread | None = None

    def submit(self, incoming: Incoming) -> Future[int]:
        """Return the future batch number (0: no events for the ledger), durable once it is set.

        It fails with `NotCommitted`. Raises `Full` where too much is waiting.
        """
        waiting = _Waiting(incoming)
        with self._changed:
            if len(self._queue) >= self._most_waiting or self._bytes >= self._most_bytes:
                raise Full
            self._queue.append(waiting)
            self._bytes += _size(incoming)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="commit", daemon=True)
                self._thread.start()
            self._changed.notify()
        return waiting

    def under_way_s(self) -> float:
        """Return for how long the commit under way has been; 0 where there is none."""
        began_s = self._began_s
        return time.monotonic() - began_s if began_s else 0.0

    def close(self) -> None:
        """Commit what waits, then end the thread."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread:
            self._thread.join()

    def _run(self) -> None:
        group: list[_Waiting] = []
        while not self._closing or self._queue:
            with self._changed:
                idle = not self._changed.wait_for(lambda: self._queue or self._closing, IDLE_S)
            if len(group) > 1:
                time.sleep(GATHER_S)
            with self._changed:
                group = self._take()
            self._serve(group, idle)
        connection.close()

    def _serve(self, group: list[_Waiting], idle: bool) -> None:
        """Commit; this thread lives as long as the process, and nobody waits without an answer."""
        try:
            if idle:
                connection.close()
            if group:  # one may have come just after the wait was over
                self._began_s = time.monotonic()
                self._commit(group)
        except Exception:
            log.exception("commit failed, unforeseen requests=%d", len(group))
            for one in group:
                if not one.done():
                    one.set_exception(NotCommitted())
        finally:
            self._began_s = 0.0

    def _take(self) -> list[_Waiting]:
        """Return what the next commit takes: the eldest, at least one."""
        group: list[_Waiting] = []
        events = 0
        while self._queue and len(group) < MOST_REQUESTS and events < MOST_EVENTS:
            waiting = self._queue.popleft()
            self._bytes -= _size(waiting.incoming)
            if waiting.set_running_or_notify_cancel():  # not where its client hung up
                group.append(waiting)
                events += waiting.incoming.count
        return group

    def _commit(self, group: list[_Waiting]) -> None:
        try:
            failpoints.hit("accept.before_commit")
            numbers = self._append([one.incoming for one in group])
            failpoints.hit("accept.after_commit")
        except Exception as error:
            if len(group) > 1 and not _hits_everybody(error):
                for one in group:
                    self._commit([one])
            else:
                self._fail(group, error)
        else:
            for one, number in zip(group, numbers, strict=True):
                one.set_result(number)
            self._committed({one.incoming.campaign_id for one in group if one.incoming.count})

    def _fail(self, group: list[_Waiting], error: Exception) -> None:
        shown = None if isinstance(error, OperationalError | InterfaceError) else error
        name = type(error).__name__
        log.warning("commit failed requests=%d error=%s", len(group), name, exc_info=shown)
        for one in group:
            one.set_exception(NotCommitted())
        connection.close()  # it may be broken: the next commit gets a new one


def _hits_everybody(error: Exception) -> bool:
    """Whether a failure is the database's (locked, full, away), not that of one request's data."""
    if isinstance(error, DataError | IntegrityError):
        return False
    return isinstance(error, DatabaseError | InterfaceError)


def _size(incoming: Incoming) -> int:
    return len(incoming.lines) + sum(len(reject.raw) for reject in incoming.rejects)
