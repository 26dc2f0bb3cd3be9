"""Which of several pulses leads: the one that holds the lease."""

import logging

from dashboard.store import leases

log = logging.getLogger(__name__)

# Renewed each second; a leader that was killed is followed after at most 3 s and a look.
TTL_MS = 3_000
RENEW_MS = 1_000
LOOK_MS = 500


class Lead:
    """One process's claim to the lease `name`; it asks the database only as often as needed."""

    def __init__(self, name: str, holder: str) -> None:
        self._name, self._holder = name, holder
        self._leads = False
        self._asked_ms = 0

    def held(self, now_ms: int) -> bool:
        """Return whether this process leads at `now_ms` (real time), taking or renewing the lease.

        Raises `django.db.Error` where that cannot be known.
        """
        period = RENEW_MS if self._leads else LOOK_MS
        if 0 <= now_ms - self._asked_ms < period:
            return self._leads
        leads = leases.take(self._name, self._holder, now_ms, TTL_MS)
        self._asked_ms = now_ms
        if leads != self._leads:
            log.info("%s lease=%s", "leads" if leads else "no longer leads", self._name)
        self._leads = leads
        return leads

    def release(self) -> None:
        """Give the lease back, so that a standby need not wait for its end."""
        if self._leads:
            self._leads = False
            leases.release(self._name, self._holder)
