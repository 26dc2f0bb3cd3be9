"""Rebuilding: the figures anew from the ledger, beside the running board, live in one flip."""

from collections.abc import Callable

import redis

from dashboard.store import ledger
from dashboard.store.generation import Generation, drop_shadows
from dashboard.tally.advance import EVENTS_A_COMMIT, advance


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
    new = Generation.shadow(client, campaign_id)
    try:
        while True:
            old = Generation.current(client, campaign_id)
            position = _catch_up(new, progress)
            if new.go_live(old.name, position):
                old.discard()
                return position
    except BaseException:
        new.discard()
        raise


def _catch_up(generation: Generation, progress: Callable[[int], object]) -> int:
    """Count into `generation` all that the ledger holds; return the position reached."""
    position = generation.position()
    while batches := ledger.read_after(generation.campaign_id, position, EVENTS_A_COMMIT):
        if advance(generation, batches) != "ok":
            raise RebuildFailed(
                f"campaign {generation.campaign_id}: the rebuilt figures were disturbed"
            )
        progress(sum(batch.count for batch in batches))
        position = batches[-1].seq
    return position
