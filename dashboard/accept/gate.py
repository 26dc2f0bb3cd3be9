"""The gate: whether a known sender's request is taken now, before any work is put into it."""

import time
from collections.abc import Callable

from django.conf import settings

from dashboard.accept.counters import TOKENS
from dashboard.accept.lookout import Lookout
from dashboard.accept.pressure import Refusal, refusal
from dashboard.accept.problems import later
from dashboard.accept.quotas import Quotas
from dashboard.store.keys import Grant

_MIB = 1024 * 1024


class Gate:
    """Refuses by what the look-out saw, by the commit under way, and by the source's quota.

    `commit_s` tells for how long the commit under way has been; `clock_s` is monotonic.
    """

    def __init__(
        self,
        commit_s: Callable[[], float],
        lookout: Lookout | None = None,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._commit_s = commit_s
        self._lookout = lookout or Lookout()
        self._clock_s = clock_s
        self._quotas = Quotas()
        self._told: set[int] = set()

    def check(self, grant: Grant, many: bool) -> None:
        """Raise a 429 or 503 where a request is not taken now; `many`: it may be a batch."""
        self._lookout.start()
        why = self.state(grant.campaign.campaign_id)
        if why and (many or not why.batches_only):
            raise later(why.status, why.detail, reason=why.reason)
        wait_s = self._quotas.wait(grant.source_id, grant.events_per_second, self._clock_s())
        if wait_s:
            detail = f"events: expected at most {grant.events_per_second} a second of this source"
            raise later(429, detail, wait_s, reason="quota")

    def state(self, campaign_id: int) -> Refusal | None:
        """Return what stands against taking a campaign's events now."""
        return refusal(
            self._lookout.seen,
            campaign_id,
            self._commit_s(),
            settings.LEAST_FREE_MB * _MIB,
            settings.MOST_BACKLOG_MB * _MIB,
        )

    def spend(self, grant: Grant, events: int) -> None:
        """Count events that were taken against their source's quota."""
        rate, now_s = grant.events_per_second, self._clock_s()
        self._quotas.spend(grant.source_id, rate, events, now_s)
        if grant.source_id not in self._told:
            self._told.add(grant.source_id)
            TOKENS.labels(grant.campaign.slug, grant.source_name).set_function(
                lambda: self._quotas.tokens(grant.source_id, rate, self._clock_s())
            )

    def close(self) -> None:
        """End the look-out."""
        self._lookout.close()
