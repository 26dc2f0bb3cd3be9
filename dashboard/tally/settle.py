"""Settling: take the batches after the position, count them, commit; until none is left.

Exactly once without a lock: the commit is a compare-and-set on the position, so of two workers one
commits and the other begins again; one killed before its commit did nothing, one killed after it
is found out by the position.
"""

import logging
import time
from typing import Literal

import redis

from dashboard.store import ledger, tallies, turns
from dashboard.store.generation import Generation
from dashboard.tally import memory
from dashboard.tally.advance import EVENTS_A_COMMIT, advance
from dashboard.tally.memory import Broken, Memory
from gmvboard import failpoints

log = logging.getLogger(__name__)

# A task ends after this long, and the bell is rung again for what is left.
LONGEST_SECONDS = 8.0
# Only spares work that two workers would both do: the commit needs no lock to be right.
_TURN_MS = 3_000

# The wall holds its last frame until what counts anew has caught up.
_HOPELESS = {
    "dirty": "a commit broke off half-way",
    "ahead": "the figures stand on batches that the ledger does not have",
}

Result = Literal["settled", "more", "busy"]


def settle(client: redis.Redis, campaign_id: int) -> Result:
    """Count what the campaign's ledger holds beyond the figures.

    "settled": nothing is left; "more": time is up, to be called again; "busy": another worker is at
    it and will see what is there now. Raises `redis.RedisError`, `django.db.DatabaseError` and
    `ledger.CorruptBatch`, each to be tried again.
    """
    until = time.monotonic() + LONGEST_SECONDS
    while turns.try_turn(client, campaign_id, _TURN_MS):
        try:
            failpoints.hit("tally.after_claim")
            settled = _settle_until(client, campaign_id, until)
        finally:
            turns.end_turn(client, campaign_id)
        if not settled:
            return "more"
        # What was accepted since the last look, by a bell that found us busy, is ours too.
        if ledger.head(campaign_id) <= tallies.position(client, campaign_id):
            return "settled"
    return "busy"


def _settle_until(client: redis.Redis, campaign_id: int, until: float) -> bool:
    """Count until nothing is left (True) or the monotonic time `until` is past (False)."""
    while time.monotonic() < until:
        generation = Generation.current(client, campaign_id)
        with memory.of(generation) as mine:
            outcome = _settle_generation(generation, mine, until)
        if outcome == "ok":
            return True
        if outcome in _HOPELESS:
            log.error("%s, counting anew campaign=%s", _HOPELESS[outcome], campaign_id)
            generation.give_up()
    return False


def _settle_generation(generation: Generation, mine: Memory, until: float) -> str:
    """Count until nothing is left ("ok"), the time is up ("more") or a commit is refused."""
    campaign_id = generation.campaign_id
    while time.monotonic() < until:
        turns.keep_turn(generation.client, campaign_id, _TURN_MS)
        try:
            head = mine.catch_up(generation)
        except Broken:
            return "dirty"
        batches = ledger.read_after(campaign_id, head.position, EVENTS_A_COMMIT)
        if not batches:
            return "ok" if head.position <= ledger.head(campaign_id) else "ahead"
        outcome = advance(generation, mine, head, batches)
        if outcome != "ok":
            return outcome
    return "more"
