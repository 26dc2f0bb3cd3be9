"""Whether it is wiser to take an event later: pure, from what the look-out saw last.

Section 4 of the reliability document: what workers cannot keep up with is refused at the door,
batches first; while nothing is counted at all, accepting goes on as far as there is room for it.
"""

from collections.abc import Mapping

import msgspec

# The oldest batch not yet counted, while others are: from here on no batches, and nothing at all.
NO_BATCHES_S, NOTHING_S = 10.0, 30.0
# A commit takes milliseconds. One under way for so long waits for a lock, or for a hung database.
SLOW_COMMIT_S = 1.8


class Seen(msgspec.Struct, frozen=True):
    """What the look-out saw: disk, the ledger's uncounted bytes, and how far each tally is behind.

    `behind_s` is by campaign and has only those whose events are being counted: a tally that does
    not run, or counts anew, is no reason to refuse money.
    """

    free_bytes: int | None = None
    backlog_bytes: int = 0
    behind_s: Mapping[int, float] = {}


class Refusal(msgspec.Struct, frozen=True):
    """Why a request is not taken now: its status, what it is counted by, and what is told."""

    status: int
    reason: str
    detail: str
    batches_only: bool = False


_SLOW = Refusal(503, "commit", "server: not stored in time, send it again later")
_DISK = Refusal(503, "disk", "server: the disk is nearly full")
_BACKLOG = Refusal(503, "backlog", "server: too much is waiting to be counted")
_FAR_BEHIND = Refusal(429, "far_behind", "events: expected later, counting lags by over 30 s")
_BEHIND = Refusal(429, "behind", "events: expected one a request, counting lags by over 10 s", True)


def refusal(
    seen: Seen, campaign_id: int, commit_s: float, least_free_bytes: int, most_backlog_bytes: int
) -> Refusal | None:
    """Return why a campaign's events are not taken now, None where they are.

    `commit_s` is for how long the commit under way has been.
    """
    behind_s = seen.behind_s.get(campaign_id, 0.0)
    if commit_s > SLOW_COMMIT_S:
        return _SLOW
    if seen.free_bytes is not None and seen.free_bytes < least_free_bytes:
        return _DISK
    if seen.backlog_bytes > most_backlog_bytes:
        return _BACKLOG
    if behind_s > NOTHING_S:
        return _FAR_BEHIND
    return _BEHIND if behind_s > NO_BATCHES_S else None
