"""Isolating: an event that makes the tally fail is found, put aside and left out; the rest flows.

A run that failed three times is counted batch by batch; of a batch that then fails, half of the
events are tried, and half of those, until one is left. What is tried is written down before, so
that an event that kills the process is found like one that raises. All who read the ledger leave it
out from then on, so that a rebuild reaches the same figures.
"""

import logging

import msgspec
import redis
from django.db import DatabaseError

from dashboard.store import isolated, stuck, turns
from dashboard.store.generation import Generation, Head
from dashboard.store.ledger import CorruptBatch, StoredBatch
from dashboard.store.stuck import Stuck
from dashboard.tally.advance import count
from dashboard.tally.columns import Columns
from dashboard.tally.memory import Memory

log = logging.getLogger(__name__)

ATTEMPTS = 3
# What says nothing about the events: to be tried again.
ELSEWHERE = (redis.RedisError, DatabaseError, CorruptBatch, OSError)


def failed(campaign_id: int, tried: tuple[int, int], error: Exception | None = None) -> None:
    """Count one attempt that failed, or died, on the batches after `tried[0]` up to `tried[1]`."""
    position, last = tried
    known = stuck.of(campaign_id) or Stuck(position)
    if known.position != position:
        alone = position < known.until
        known = Stuck(position, ATTEMPTS if alone else 0, known.until)
    known.attempts += 1
    if known.attempts == 1:
        log.error("not counted, will be tried again campaign=%s", campaign_id, exc_info=error)
    if known.attempts == ATTEMPTS:
        known.until = max(known.until, last)
    stuck.put(campaign_id, known)


def careful(campaign_id: int, position: int) -> Stuck | None:
    """Return what is known of trouble that is not over at `position`; None in peace."""
    known = stuck.of(campaign_id)
    if known is None:
        return None
    if known.position == position:
        return known if known.attempts >= ATTEMPTS else None
    if position < known.until:
        return known
    stuck.clear(campaign_id)
    return None


def fails_alone(known: Stuck, position: int) -> bool:
    """Return whether the one batch after `position` was tried alone, and failed."""
    return known.position == position and known.attempts > ATTEMPTS


def isolate(
    generation: Generation, memory: Memory, head: Head, batch: StoredBatch, known: Stuck
) -> bool:
    """Find the event of `batch` that makes the tally fail and put it aside; False if none does.

    Raises what `ELSEWHERE` names.
    """
    campaign_id = generation.campaign_id
    low, high = known.low, known.trial or known.high or batch.count
    # Whoever tried `low` to `trial` did not live to say what came of it. A process may die of other
    # things: of one event left it has to have died as often as anything is tried.
    found = bool(known.trial) and high - low == 1 and _deaths(known) >= ATTEMPTS
    while not found:
        trial = low + max(1, (high - low) // 2)
        # Who lost the turn would be taken for dead, and what it tries for the cause.
        turns.keep_turn(generation.client, campaign_id, turns.TURN_MS)
        again = (low, trial) == (known.low, known.trial)
        attempts = known.attempts if again else ATTEMPTS + 1
        known = Stuck(known.position, attempts, known.until, low, high, trial)
        stuck.put(campaign_id, known)
        try:
            passes = _passes(generation, memory, head, batch.part(low, trial))
        except ELSEWHERE:  # nobody died of these events
            stuck.put(campaign_id, msgspec.structs.replace(known, trial=0))
            raise
        if not passes:
            high = trial
            found = high - low == 1
        elif trial < high:
            low = trial
        else:
            # Not the events, then: the batch is tried whole again.
            stuck.put(campaign_id, Stuck(known.position, ATTEMPTS, known.until))
            return False
    isolated.put(campaign_id, batch, low, Stuck(known.position, ATTEMPTS, known.until))
    log.error("event isolated campaign=%s batch=%s", campaign_id, batch.seq)
    return True


def _deaths(known: Stuck) -> int:
    """Return how many processes died while they tried what is being tried."""
    return known.attempts - (ATTEMPTS + 1)


def _passes(generation: Generation, memory: Memory, head: Head, batch: StoredBatch) -> bool:
    """Return whether a part of a batch can be counted; nothing is committed."""
    try:
        generation.packed(head, count(generation, memory, head, Columns([batch])).change)
    except ELSEWHERE:
        raise
    except Exception:  # what it is was logged at the first attempt
        return False
    return True
