"""The data path, top to bottom: read this first.

A payment comes in at the door (`accept/http.py`), is checked (`accept/`), and then:
"""

import logging
from collections.abc import Sequence

import redis
from django.db import DatabaseError

from dashboard.store import bells, canary, connect, ledger
from dashboard.store.ledger import CorruptBatch, Incoming
from dashboard.tally import doorbell
from dashboard.tally.settle import settle as settle_ledger
from gmvboard.clock import now_ms

log = logging.getLogger(__name__)


def keep(incoming: Sequence[Incoming]) -> list[int]:
    """LEDGER: commit what several requests brought, at once; return each one's batch number.

    Durable when it returns; only then may a sender be told 202. Raises `DatabaseError` where
    nothing was kept.
    """
    return ledger.append(incoming)


def ring(campaign_id: int) -> None:
    """DOORBELL: tell a worker that there is work. Lost or doubled, it costs a moment at most."""
    doorbell.ring(campaign_id)


def settle(campaign_id: int) -> None:
    """TALLY: a worker counts what the ledger holds beyond the figures, exactly once.

    What fails here is tried again at the next bell; the sweeper rings it every second while
    anything is left.
    """
    client = connect.shared()
    try:
        bells.heard(client, campaign_id)
        # During a long backlog canaries wait behind other tasks: any task is a sign of life.
        sing()
        if settle_ledger(client, campaign_id) == "more":
            ring(campaign_id)
    except (redis.RedisError, DatabaseError) as error:
        log.warning("not settled campaign=%s error=%s", campaign_id, type(error).__name__)
    except CorruptBatch as error:
        log.error("not settled: %s", error)
    except Exception:
        log.exception("not settled, unforeseen campaign=%s", campaign_id)


def sing() -> None:
    """CANARY: a worker proves that it takes tasks."""
    canary.sing(connect.shared(), now_ms())


# PULSE: one leader reads the figures at each tick, composes a frame and fires milestones
# (`pulse/loop.py`); LIVE: each server process hands the newest one to its sockets (`live/hub.py`).
# OUTBOX: with a milestone its posts are proposed (`alerts/news.py`); what is approved goes to its
# feed, never twice (`alerts/deliver.py`).
