"""One step of the tally: a run of batches counted and committed."""

from dashboard.store import ledger
from dashboard.store.generation import Generation, Outcome
from dashboard.tally.count import count
from gmvboard import failpoints

# Five thousand events a commit: the rate hardly rises beyond, the time Redis is held does.
EVENTS_A_COMMIT = 5_000


def advance(generation: Generation, batches: list[ledger.StoredBatch]) -> Outcome:
    """Count `batches`, which follow the generation's position, and commit them."""
    counted = count(batches, generation)
    if counted.expected != batches[0].seq - 1:
        return "moved"
    # Before the commit, so that none is lost between the two; told twice, it is kept once.
    ledger.quarantine_conflicts(generation.campaign_id, counted.conflicts)
    failpoints.hit("tally.before_commit")
    outcome = generation.commit(
        counted.expected, counted.position, counted.delta, counted.fresh.items(), counted.known
    )
    failpoints.hit("tally.after_commit")
    return outcome
