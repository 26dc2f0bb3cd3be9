"""The sweeper's clock: rings for every campaign with work left, so that a lost doorbell costs 1 s.

In place of celery's beat, two of which would double every job: here one leads by a lease, and what
it does may be done twice without harm.
"""

import logging
import threading
from contextlib import suppress

import redis
from django.db import Error as DatabaseError
from django.db import connections
from kombu.exceptions import OperationalError

from dashboard.core.clock import SECONDS_KEPT_MS
from dashboard.store import campaigns, canary, leases, ledger, tallies
from dashboard.tally import doorbell
from gmvboard.celery import app
from gmvboard.clock import now_ms

log = logging.getLogger(__name__)

SWEEP_EVERY_S, CANARY_EVERY_SWEEPS, TIDY_EVERY_SWEEPS = 1.0, 5, 60
_LEASE, _LEASE_MS = "beat", 5_000
# A canary nobody took in this time says nothing more about anybody.
_CANARY_EXPIRES_S = 30


def run(holder: str, client: redis.Redis, stopping: threading.Event) -> None:
    """Sweep once a second while `holder` leads, until told to stop; then let the lease go."""
    sweeps = 0
    while not stopping.wait(SWEEP_EVERY_S):
        try:
            if not leases.take(_LEASE, holder, now_ms(), _LEASE_MS):
                continue
            sweep(client)
            if sweeps % CANARY_EVERY_SWEEPS == 0:
                send_canary(client)
            if sweeps % TIDY_EVERY_SWEEPS == 0:
                forget_seconds(client, now_ms())
            sweeps += 1
        except (DatabaseError, redis.RedisError, OperationalError, OSError) as error:
            log.warning("not swept, trying again error=%s", type(error).__name__)
            connections.close_all()  # a broken one stays broken: the next look gets another
    with suppress(DatabaseError):
        leases.release(_LEASE, holder)
    connections.close_all()


def sweep(client: redis.Redis) -> list[int]:
    """Ring for every campaign whose ledger is past its tallies; return them."""
    behind = [
        campaign_id
        for campaign_id, head in ledger.heads().items()
        if tallies.position(client, campaign_id) < head
    ]
    for campaign_id in behind:
        doorbell.ring(campaign_id)
    return behind


def forget_seconds(client: redis.Redis, now_ms: int) -> None:
    """Drop the per-second figures that are older than they need to be, by each campaign's clock."""
    for campaign in campaigns.all_campaigns():
        oldest_ms = campaign.clock.campaign(now_ms) - SECONDS_KEPT_MS
        tallies.forget_seconds(client, campaign.pk, oldest_ms)


def send_canary(client: redis.Redis) -> None:
    """Ask any worker for a sign of life. Raises `OperationalError` where the broker is away."""
    app.send_task("dashboard.canary", retry=False, expires=_CANARY_EXPIRES_S)
    canary.send(client, now_ms())
