"""One step of the tally: a run of batches counted and committed."""

import secrets
from collections.abc import Callable

import msgspec
import numpy as np
from numpy.typing import NDArray

from dashboard.core.events import decode_entries
from dashboard.store import aside
from dashboard.store.aside import Conflict
from dashboard.store.change import Change
from dashboard.store.generation import TOKEN_BYTES, Generation, Head, Outcome
from dashboard.tally.columns import Columns
from dashboard.tally.fold import buyers, fold
from dashboard.tally.ids import Ids
from dashboard.tally.index import sort_out
from dashboard.tally.memory import Memory
from dashboard.tally.orders import follow
from gmvboard import failpoints

# Reached only with a backlog: the more events a commit, the fewer rows are read and written for
# each. So many hold Redis for 30 ms.
EVENTS_A_COMMIT = 40_000

Paying = Callable[[Columns, NDArray[np.intp]], dict[int, set[str]]]


class Counted(msgspec.Struct):
    """What a run of batches adds, the ids it counts, and those known with another body."""

    change: Change
    ids: Ids
    conflicts: list[Conflict]


def advance(
    generation: Generation,
    memory: Memory,
    head: Head,
    columns: Columns,
    paying: Paying = buyers,
) -> Outcome:
    """Count the events that follow `head`, and commit them; `memory` stands on `head`.

    `paying` gives who paid by the events at some rows, by hour.
    """
    counted = count(generation, memory, head, columns, paying)
    # Before the commit, so that none is lost between the two; told twice, it is kept once.
    aside.keep_conflicts(generation.campaign_id, counted.conflicts)
    failpoints.hit("tally.before_commit")
    token = secrets.token_bytes(TOKEN_BYTES)
    outcome = generation.commit(head, counted.change, token)
    failpoints.hit("tally.after_commit")
    if outcome == "ok":
        memory.committed(token, counted.ids, counted.change.keys)
    return outcome


def count(
    generation: Generation,
    memory: Memory,
    head: Head,
    columns: Columns,
    paying: Paying = buyers,
) -> Counted:
    """Return what `columns` add to what `generation` holds, in the ledger's order.

    An event whose identity was counted before is dropped; where its body is another one it is a
    conflict, and the first in the ledger stands.
    """
    # A second reading for the ids' texts: none where no failpoint is allowed.
    failpoints.hit_each("tally.event", lambda: columns.text("id"))
    new, conflicts = sort_out(columns.ids, memory.index)
    rows = np.flatnonzero(new)
    known = memory.known()
    added = fold(columns, rows, known)
    followed = follow(columns, rows, known, head.watermark_ms, generation.orders)
    for key, fields in followed.rows.items():
        added[key].update(fields)
    ids = columns.ids[rows]
    change = Change(
        position=columns.batches[-1].seq,
        watermark_ms=max(head.watermark_ms, int(columns.at[rows].max(initial=0))),
        ids=ids.packed(),
        events=len(ids),
        rows=added,
        orders=followed.orders,
        keys={name: one.fresh for name, one in known.items()},
        buyers=paying(columns, rows),
    )
    return Counted(change, ids, [_conflict(columns, row) for row in conflicts])


def _conflict(columns: Columns, row: int) -> Conflict:
    batch, index = columns.where(row)
    line = columns.line(row)
    event_id = decode_entries(line)[0].id
    return Conflict(batch.seq, index, batch.source_id, event_id, batch.received_ms, line)
