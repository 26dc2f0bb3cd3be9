"""The audit of one campaign, look after look: follow the ledger, compare, say what was found.

Red holds back milestones (`pulse/screen.py`); it is green again once the figures agree, which a
rebuild brings about.
"""

import logging

import msgspec
import redis

from dashboard.core.clock import MINUTE_MS
from dashboard.core.health import is_final
from dashboard.store import checks, ledger, tallies
from dashboard.store.checks import Verdict
from dashboard.store.tables import Campaign
from dashboard.tally import check
from dashboard.tally.recount import Recount

log = logging.getLogger(__name__)

# Of every two seconds at the most so many are spent following a campaign.
FOLLOW_S = 0.5
EVERY_MS, EVERY_MS_WHEN_RED = 30_000, 6_000
_UNREADABLE = (ledger.CorruptBatch, msgspec.DecodeError, ValueError)


class Audit:
    """Remembers one campaign's recount between looks."""

    def __init__(self, campaign_id: int) -> None:
        self._recount = Recount(campaign_id)
        self._compared_ms = 0
        self._doubt: str | None = None

    def look(
        self, client: redis.Redis, campaign: Campaign, now_ms: int, seconds: float = FOLLOW_S
    ) -> None:
        """Do what is due at `now_ms` (real time), in about `seconds`.

        Raises `redis.RedisError` and `django.db.DatabaseError`, to be tried again.
        """
        position = tallies.position(client, campaign.pk)
        before = checks.latest(campaign.pk) or Verdict()
        if not position:
            return
        if _over(campaign, before, position, now_ms):
            self._recount = Recount(campaign.pk)
            return
        if self._recount.position > ledger.head(campaign.pk):
            self._recount = Recount(campaign.pk)  # the ledger was put back to an earlier state
        try:
            if self._due(before, now_ms):
                self._compare(client, campaign, before, now_ms, seconds)
            else:
                self._recount.follow(position, seconds)
        except _UNREADABLE as error:
            self._conclude(campaign, before, now_ms, f"ledger: {error}")

    def _due(self, before: Verdict, now_ms: int) -> bool:
        period = EVERY_MS if before.agree and not self._doubt else EVERY_MS_WHEN_RED
        return not 0 <= now_ms - self._compared_ms < period

    def _compare(
        self,
        client: redis.Redis,
        campaign: Campaign,
        before: Verdict,
        now_ms: int,
        seconds: float,
    ) -> None:
        window = range(campaign.start_ms // MINUTE_MS, -(-campaign.end_ms // MINUTE_MS))
        total = check.total(client, self._recount, window, seconds)
        found = check.minutes(client, self._recount, seconds)
        # One frame may have been composed while the window was edited: the next one tells.
        if total and self._doubt:
            found.differences.append(total)
        self._doubt, self._compared_ms = total, now_ms
        if found.differences or found.whole:
            self._conclude(campaign, before, now_ms, "".join(found.differences[:1]))

    def _conclude(self, campaign: Campaign, before: Verdict, now_ms: int, detail: str) -> None:
        verdict = Verdict(self._recount.position, now_ms, not detail, detail)
        checks.record(campaign.pk, verdict)
        if detail and before.agree:
            log.error("figures do not agree, milestones on hold campaign=%s %s", campaign, detail)
        if detail:
            self._recount = Recount(campaign.pk)  # it may be the one that is wrong
        elif not before.agree:
            log.info("figures agree again campaign=%s", campaign)


def _over(campaign: Campaign, before: Verdict, position: int, now_ms: int) -> bool:
    """Return whether nothing more is to be checked: late arrivals are over, and all agreed."""
    final = is_final(campaign.clock.campaign(now_ms), campaign.end_ms)
    return final and before.agree and before.position == position
