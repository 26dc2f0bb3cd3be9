"""The outbox' loop: every half a second, whatever is away meanwhile, what is due is sent.

Claims are the loop's own work; each is then sent in a thread, one a feed, so that a feed that is
slow holds up no other. Several processes may run: a claim is one's alone.
"""

import logging
import threading
import time
from collections.abc import Callable

from django.db import connections

from dashboard.alerts.deliver import Delivery
from dashboard.pulse.trouble import Trouble
from dashboard.store import claims, marks
from gmvboard.clock import now_ms

log = logging.getLogger(__name__)

# A stop switch holds from the next claim on, and for claims that have not reached the network.
POLL_S = 0.5
# What expired, and what a dead process left: every 5 s.
_SWEEP_EVERY = 10


class Outbox:
    """Sends until `stopping`, and then sees out, for `drain_s` at most, what is under way."""

    def __init__(self, delivery: Delivery, stopping: threading.Event) -> None:
        self._delivery, self._stopping = delivery, stopping
        self._under_way: dict[int, threading.Thread] = {}
        self._trouble = Trouble("outbox")
        self._rounds = 0

    def run(self, drain_s: Callable[[], float]) -> None:
        """Work until told to stop."""
        wait_s = 0.0
        log.info("outbox works")
        while not self._stopping.wait(wait_s):
            wait_s = self._round_or_wait()
        self._see_out(time.monotonic() + drain_s())
        connections.close_all()

    def _round_or_wait(self) -> float:
        try:
            self.round()
        except Exception as error:  # whatever it is, the next round may work: never die
            connections.close_all()
            return self._trouble.failed(error)
        self._trouble.over()
        return POLL_S

    def round(self) -> None:
        """Begin whatever is due and not held up by what is under way to its feed."""
        if self._rounds % _SWEEP_EVERY == 0:
            marks.give_up_dead(now_ms())
            marks.expire(now_ms())
        self._rounds += 1
        running = {feed: one for feed, one in self._under_way.items() if one.is_alive()}
        self._under_way = running
        for feed_id in claims.due(now_ms()):
            if feed_id not in running and (work := self._delivery.take(feed_id)):
                self._begin(feed_id, work)

    def _begin(self, feed_id: int, work: Callable[[], None]) -> None:
        # A daemon, because what is still under way when the process ends is left to its lease.
        thread = threading.Thread(target=_do, args=(feed_id, work), daemon=True)
        self._under_way[feed_id] = thread
        thread.start()

    def _see_out(self, until: float) -> None:
        for thread in self._under_way.values():
            thread.join(max(0.0, until - time.monotonic()))


def _do(feed_id: int, work: Callable[[], None]) -> None:
    try:
        work()
    except Exception:
        log.exception("feed=%s: a post is left to its lease", feed_id)
    finally:
        connections.close_all()
