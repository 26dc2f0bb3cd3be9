"""Rings doorbells from a thread: a slow broker never holds up a 202."""

import logging
import threading
from collections.abc import Callable

from dashboard.tally import doorbell
from gmvboard import failpoints

log = logging.getLogger(__name__)

# At most 20 rings a second and campaign: one task counts whatever lies there when it begins. With
# ten a payment was on the wall 30 ms later (p95 311 in place of 280).
GAP_S = 0.05


class Bell:
    """Takes campaigns with new events, and rings for each, the ones of the same moment once."""

    def __init__(self, ring: Callable[[int], None] = doorbell.ring, gap_s: float = GAP_S) -> None:
        self._ring = ring
        self._gap_s = gap_s
        self._wanted: set[int] = set()
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def ask(self, campaign_ids: set[int]) -> None:
        """Have the doorbell rung for these campaigns, soon; returns at once."""
        with self._changed:
            self._wanted |= campaign_ids
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="bell", daemon=True)
                self._thread.start()
            self._changed.notify()

    def close(self) -> None:
        """Ring what is wanted, then end the thread."""
        with self._changed:
            self._closing.set()
            self._changed.notify()
        if self._thread:
            self._thread.join()

    def _run(self) -> None:
        while not self._closing.is_set() or self._wanted:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted or self._closing.is_set())
                wanted, self._wanted = self._wanted, set()
            for campaign_id in sorted(wanted):
                self._ring_safely(campaign_id)
            self._closing.wait(self._gap_s)

    def _ring_safely(self, campaign_id: int) -> None:
        """Ring; this thread rings for as long as the process lives, whatever one ring does."""
        try:
            failpoints.hit("accept.before_doorbell")
            self._ring(campaign_id)
        except Exception:
            log.exception("doorbell not rung, unforeseen campaign=%s", campaign_id)
