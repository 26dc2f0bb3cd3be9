"""The keeper: seals what was settled, keeps its closed minutes, and audits the figures.

Beside beat, in a thread of its own with less claim to the processor than what counts. Of several
one leads by a lease; what it does may be done twice without harm.
"""

import logging
import os
import threading
from contextlib import suppress

import redis
from django.db import Error as DatabaseError
from django.db import connections

from dashboard.core.clock import MINUTE_MS
from dashboard.store import campaigns, leases, ledger, seals, tallies
from dashboard.store.tables import Campaign
from dashboard.tally import history
from dashboard.tally.audit import FOLLOW_S, Audit
from gmvboard.clock import now_ms

log = logging.getLogger(__name__)

EVERY_S, HISTORY_EVERY_LOOKS = 2.0, 5
# While so many events of any campaign wait, audits take a tenth of a second each: an event costs
# them a microsecond, which whoever counts then needs. Niceness alone does not yield to processes
# of other sessions, which Linux groups apart.
RUSH_EVENTS, FOLLOW_S_IN_A_RUSH = 5_000, 0.1
_LEASE, _LEASE_MS = "keeper", 20_000
_NICENESS = 10


def start(holder: str, client: redis.Redis, stopping: threading.Event) -> threading.Thread:
    """Keep until `stopping` is set; return the thread that does."""
    thread = threading.Thread(target=_in_thread, args=(holder, client, stopping), daemon=True)
    thread.start()
    return thread


def _in_thread(holder: str, client: redis.Redis, stopping: threading.Event) -> None:
    with suppress(OSError, AttributeError):  # only Linux has niceness by thread
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
    work(holder, client, stopping)


def work(holder: str, client: redis.Redis, stopping: threading.Event) -> None:
    """Keep while `holder` leads, until told to stop; then let the lease go."""
    keeper = Keeper(client)
    while not stopping.wait(EVERY_S):
        try:
            if leases.take(_LEASE, holder, now_ms(), _LEASE_MS):
                keeper.look(now_ms())
        except (DatabaseError, redis.RedisError) as error:
            log.warning("not kept, trying again error=%s", type(error).__name__)
            connections.close_all()
        except Exception:
            log.exception("not kept, unforeseen; trying again")
            connections.close_all()
    with suppress(DatabaseError):
        leases.release(_LEASE, holder)
    connections.close_all()


class Keeper:
    """What is due for every campaign, look after look."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._looks = 0
        self._audits: dict[int, Audit] = {}

    def look(self, now_ms: int) -> None:
        """Do what is due at `now_ms` (real time)."""
        found = campaigns.all_campaigns()
        self._audits = {one.pk: self._audits.get(one.pk) or Audit(one.pk) for one in found}
        seconds = FOLLOW_S_IN_A_RUSH if any(map(self._rushes, found)) else FOLLOW_S
        for campaign in found:
            self._settled(campaign, now_ms)
            self._audits[campaign.pk].look(self._client, campaign, now_ms, seconds)
        self._looks += 1

    def _rushes(self, campaign: Campaign) -> bool:
        position = tallies.position(self._client, campaign.pk)
        return ledger.backlog(campaign.pk, position).events > RUSH_EVENTS

    def _settled(self, campaign: Campaign, now_ms: int) -> None:
        position = tallies.position(self._client, campaign.pk)
        if position:
            seals.seal(campaign.pk, position, now_ms)
        if position and self._looks % HISTORY_EVERY_LOOKS == 0:
            running = campaign.clock.campaign(now_ms) // MINUTE_MS
            history.keep(self._client, campaign.pk, running)
