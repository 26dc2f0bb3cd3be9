"""Settling: take the batches after the position, count them, commit; until none is left.

Exactly once without a lock: the commit is a compare-and-set on the position, so of two workers one
commits and the other begins again; one killed before its commit did nothing, one killed after it
is found out by the position.
"""

import logging
import time
from typing import Literal, cast

import redis

from dashboard.store import ledger, tallies, turns
from dashboard.store.generation import Generation, Head
from dashboard.tally import isolate, memory
from dashboard.tally.advance import EVENTS_A_COMMIT, advance
from dashboard.tally.columns import Columns
from dashboard.tally.memory import Broken, Memory
from gmvboard import failpoints

log = logging.getLogger(__name__)

# A task ends after this long, and the bell is rung again for what is left.
LONGEST_SECONDS = 8.0
# Commits of so many events begin so far apart: each writes the rows of all merchants that it names,
# some 2,000, of which 3,000 events name nearly as many as 15,000 do.
_MANY, _APART_S = 2_000, 0.1

# The wall holds its last frame until what counts anew has caught up.
_HOPELESS = {
    "dirty": "a commit broke off half-way",
    "ahead": "the figures stand on batches that the ledger does not have",
}

Result = Literal["settled", "more", "busy", "failed"]


def settle(client: redis.Redis, campaign_id: int) -> Result:
    """Count what the campaign's ledger holds beyond the figures.

    "settled": nothing is left; "more": time is up, to be called again; "busy": another worker is at
    it and will see what is there now; "failed": the events made it fail, which was written down, to
    be tried again. Raises `redis.RedisError`, `django.db.DatabaseError` and
    `ledger.CorruptBatch`, each to be tried again.
    """
    until = time.monotonic() + LONGEST_SECONDS
    while turns.try_turn(client, campaign_id, turns.TURN_MS):
        try:
            if tried := turns.died(client, campaign_id):
                isolate.failed(campaign_id, tried)
            failpoints.hit("tally.after_claim")
            outcome = _settle_until(client, campaign_id, until)
        finally:
            turns.end_turn(client, campaign_id)
        if outcome != "settled":
            return outcome
        # What was accepted since the last look, by a bell that found us busy, is ours too.
        if ledger.head(campaign_id) <= tallies.position(client, campaign_id):
            return "settled"
    return "busy"


def _settle_until(client: redis.Redis, campaign_id: int, until: float) -> Result:
    """Count until nothing is left, or the monotonic time `until` is past ("more")."""
    while time.monotonic() < until:
        generation = Generation.current(client, campaign_id)
        with memory.of(generation) as mine:
            outcome = _settle_generation(generation, mine, until)
        if outcome in {"settled", "failed"}:
            return cast("Result", outcome)
        if outcome in _HOPELESS:
            log.error("%s, counting anew campaign=%s", _HOPELESS[outcome], campaign_id)
            generation.give_up()
    return "more"


def _settle_generation(generation: Generation, mine: Memory, until: float) -> str:
    """Count until nothing is left, the time is up ("more"), or a commit fails or is refused."""
    outcome = "ok"
    while outcome == "ok" and time.monotonic() < until:
        turns.keep_turn(generation.client, generation.campaign_id, turns.TURN_MS)
        began = time.monotonic()
        try:
            head = mine.catch_up(generation)
            held = len(mine.index)
            outcome = _step(generation, mine, head)
        except Broken:
            return "dirty"
        if len(mine.index) - held >= _MANY:
            time.sleep(max(0.0, began + _APART_S - time.monotonic()))
    return "more" if outcome == "ok" else outcome


def _step(generation: Generation, mine: Memory, head: Head) -> str:
    """Count the batches that follow `head`, as many as one commit takes."""
    campaign_id = generation.campaign_id
    trouble = isolate.careful(campaign_id, head.position)
    batches = ledger.read_after(campaign_id, head.position, 1 if trouble else EVENTS_A_COMMIT)
    if not batches:
        return "settled" if head.position <= ledger.head(campaign_id) else "ahead"
    tried = (head.position, batches[-1].seq)
    turns.begin(generation.client, campaign_id, tried)
    try:
        if trouble and isolate.fails_alone(trouble, head.position):
            found = isolate.isolate(generation, mine, head, batches[0], trouble)
            return "ok" if found else "failed"
        return advance(generation, mine, head, Columns(batches))
    except isolate.ELSEWHERE:
        raise
    except Exception as error:
        isolate.failed(campaign_id, tried, error)
        return "ok" if trouble else "failed"
