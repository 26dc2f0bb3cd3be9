"""Rebuilding: the figures anew from the ledger, beside the running board, live in one flip."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import redis

from dashboard.store import ledger
from dashboard.store.generation import Generation, drop_shadows
from dashboard.tally.advance import advance
from dashboard.tally.ahead import ahead
from dashboard.tally.columns import chunks
from dashboard.tally.frames import columns
from dashboard.tally.memory import Memory
from dashboard.tally.payers import Payers

# Nobody waits for a shadow's commits: larger runs cost less an event.
EVENTS_AT_ONCE = 50_000


class RebuildFailed(Exception):
    """The rebuilt figures were changed by somebody else; to be tried again."""


def rebuild(
    client: redis.Redis, campaign_id: int, progress: Callable[[int], object] = lambda _: None
) -> int:
    """Recompute a campaign's figures and make them the live ones; return their position.

    `progress` is told how many events were counted at each commit. Workers may go on counting into
    the old figures meanwhile: the new ones go live only once they have caught up. Raises
    `RebuildFailed` where another rebuild began after this one.
    """
    drop_shadows(client, campaign_id)
    new, memory, position = Generation.shadow(client, campaign_id), Memory(), 0
    payers = Payers(new)
    try:
        while True:
            old = Generation.current(client, campaign_id)
            position = _catch_up(new, memory, payers, position, progress)
            if new.go_live(old.name, position):
                old.discard()
                return position
    except BaseException:
        # What was told and is not yet done would come after the discarding.
        with suppress(redis.RedisError):
            payers.wait()
        new.discard()
        raise
    finally:
        payers.close()


def _catch_up(
    generation: Generation,
    memory: Memory,
    payers: Payers,
    reached: int,
    progress: Callable[[int], object],
) -> int:
    """Count into `generation`, which had `reached` a position, all that the ledger holds.

    Returns the position reached then.
    """
    campaign_id = generation.campaign_id
    runs = chunks(ledger.packed_after(campaign_id, reached), EVENTS_AT_ONCE)
    for found, buyers in ahead(columns, runs):
        head = memory.catch_up(generation)
        # Another rebuild took its head, and rows may be left.
        disturbed = head.position != reached
        paying = partial(payers.find, buyers)
        if disturbed or advance(generation, memory, head, found, paying) != "ok":
            raise RebuildFailed(f"campaign {campaign_id}: the rebuilt figures were disturbed")
        payers.tell()
        reached = found.batches[-1].seq
        progress(len(found))
    payers.wait()
    if memory.catch_up(generation).position != reached:
        raise RebuildFailed(f"campaign {campaign_id}: the rebuilt figures are gone")
    return reached
