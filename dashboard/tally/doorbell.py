"""The doorbell: "there is work for this campaign". It carries no money.

Lost, doubled or late it costs a moment: the sweeper (`manage.py beat`) finds every batch that is
not settled.
"""

import logging

import redis
from kombu.exceptions import OperationalError

from dashboard.store import bells, connect
from gmvboard.celery import app

log = logging.getLogger(__name__)


def ring(campaign_id: int) -> None:
    """Ask a worker to settle a campaign's ledger, unless one was asked and has not begun.

    Never raises. To be called from a thread: a broker that hangs holds the caller until its
    time-outs are over.
    """
    try:
        if bells.ask(connect.shared(), campaign_id):
            app.send_task("dashboard.tally", args=[campaign_id], retry=False, expires=30)
    except (redis.RedisError, OperationalError, OSError) as error:
        log.warning("doorbell not rung campaign=%s error=%s", campaign_id, type(error).__name__)
