"""What follows from what in the outbox: reliability.md, section 3. Times in ms since 1970, real.

    proposed -> approved -> sending -> sent | unknown | failed
    proposed, approved -> expired | withdrawn

Persons move what `PERSONS` says; all else is the outbox's. A post is claimed, which is committed
before the network is asked, and marked by what came of it. What nobody can say is `unknown`: never
sent again but once, after a minute and a look, and only where the service promises that the same
key twice is one post.
"""

from collections.abc import Iterable, Sequence

import msgspec

PROPOSED, APPROVED, SENDING, SENT = "proposed", "approved", "sending", "sent"
UNKNOWN, FAILED, EXPIRED, WITHDRAWN = "unknown", "failed", "expired", "withdrawn"
# Actions of notes that are looked for.
CLAIMED, NOT_LOOKED = "claimed", "not looked"
COALESCED, SUPERSEDED = "coalesced", "superseded"
# What keeps a claimed post from the network, beside stop switches: what it tells is no longer so,
# or nobody can say at the moment.
UNTRUE, ON_HOLD = "untrue", "figures on hold"
# A person's hand is in a post where a note of it is by anyone but these.
OUTBOX, RECORD = "outbox", "record"
MACHINES = (OUTBOX, RECORD)

# Longer than a service with uploads takes at 3 s to connect and 10 s to answer, each.
LEASE_MS = 90_000
# What is left of a lease when the post is sent: a request takes 13 s at most.
LEASE_LEFT_MS = 20_000
# No lease ends, and no post was sent, later than this from now: the clock was set back.
NONSENSE_MS = 60_000
# A feed may keep an idempotency key late (H26): Mastodon's was seen to come half a minute after.
LOOK_AFTER_MS = 60_000
# Looks at a timeline that does not answer, a minute apart, before a person is left with it.
MOST_LOOKS = 5
HOUR_MS = 3_600_000
_FIRST_WAIT_S, _LONGEST_WAIT_S = 1, 60
_LONGEST_ERROR, _LONGEST_ID, _LONGEST_URL = 300, 200, 500

# What a person may do, from which states, and the state that follows.
PERSONS = {
    "approve": ((PROPOSED,), APPROVED),
    "hold": ((APPROVED,), PROPOSED),
    "edit": ((PROPOSED,), PROPOSED),
    "withdraw": ((PROPOSED, APPROVED), WITHDRAWN),
    "is_there": ((UNKNOWN,), SENT),
    "send_again": ((UNKNOWN, FAILED), APPROVED),
}


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What a post becomes, and why: `action` is its note's.

    `not_before_ms`: of an approved one when it is tried next, of an unknown one when it is looked
    for, 0: a person decides. `feed_wait_ms`: until when nothing is asked of its feed.
    """

    action: str
    state: str
    error: str = ""
    not_before_ms: int = 0
    feed_wait_ms: int = 0
    remote_id: str = ""
    remote_url: str = ""


class Waiting(msgspec.Struct, frozen=True):
    """A post to be sent; `by_hand`: a person had a hand in it, so that it is never left out.

    One that is not `due` was tried, and is tried again in a moment.
    """

    id: int
    rank: int
    news: bool
    by_hand: bool
    due: bool = True


def sent(remote_id: str, url: str, action: str = SENT, error: str = "") -> Mark:
    """Return what follows from the service's own word that the post is there; `error`: it lacks."""
    url = url if len(url) <= _LONGEST_URL else ""
    id_ = _cut(remote_id, _LONGEST_ID)
    return Mark(action=action, state=SENT, error=_cut(error), remote_id=id_, remote_url=url)


def unknown(error: str, now_ms: int) -> Mark:
    """Return what follows from a time-out, a reset, a 5xx, rubbish, or a process that died."""
    looked_for_ms = now_ms + LOOK_AFTER_MS
    return Mark(action=UNKNOWN, state=UNKNOWN, error=_cut(error), not_before_ms=looked_for_ms)


def refused(error: str, again: bool) -> Mark:
    """Return what follows from a no; of a second attempt the first may be there all the same."""
    return Mark(action="refused", state=UNKNOWN if again else FAILED, error=_cut(error))


def later(error: str, retry_after_s: int, attempts: int, again: bool, now_ms: int) -> Mark:
    """Return what follows from "not now": the feed is left alone meanwhile, this post included."""
    until_ms = now_ms + 1000 * max(retry_after_s, back_off_s(attempts))
    return Mark(
        action="later",
        state=UNKNOWN if again else APPROVED,
        error=_cut(error),
        not_before_ms=until_ms,
        feed_wait_ms=until_ms,
    )


def halted(why: str, attempts: int, again: bool, now_ms: int) -> Mark:
    """Return what follows from what was met just before the network: a stop switch, above all.

    It is tried again, a little later each time; but where the record no longer says what the post
    does (UNTRUE), a person looks at it.
    """
    not_before_ms = 0 if why == UNTRUE else now_ms + 1000 * back_off_s(attempts)
    state = UNKNOWN if again else PROPOSED if why == UNTRUE else APPROVED
    return Mark(action=why, state=state, error=_cut(why), not_before_ms=not_before_ms)


def not_looked(error: str, looks: int, now_ms: int) -> Mark:
    """Return what follows where the timeline did not answer, after `looks` that did not before."""
    if looks + 1 >= MOST_LOOKS:
        return left(error)
    next_ms = now_ms + LOOK_AFTER_MS
    return Mark(action=NOT_LOOKED, state=UNKNOWN, error=_cut(error), not_before_ms=next_ms)


def left(error: str = "") -> Mark:
    """Return what follows where only a person can decide: nothing, until one does."""
    return Mark(action="left", state=UNKNOWN, error=_cut(error))


def not_found(key_left_ms: int, unknowns: int, expired: bool) -> bool:
    """Return whether a post that is not there is sent once more; otherwise a person decides.

    `key_left_ms` is how long its service still knows its key, 0 where it knows none; `unknowns`
    how often nobody could say what became of it.
    """
    return key_left_ms > 0 and unknowns <= 1 and not expired


def back_off_s(attempts: int) -> int:
    """Return the seconds to wait after so many attempts: 1, 2, 4 … 60."""
    return min(_FIRST_WAIT_S << min(max(attempts - 1, 0), 10), _LONGEST_WAIT_S)


def has_room(sent_ms: Iterable[int], cap_an_hour: int, gap_s: int, now_ms: int) -> bool:
    """Return whether a feed may post now that posted, or may have, at `sent_ms`."""
    ages_ms = [now_ms - one for one in sent_ms if one <= now_ms + NONSENSE_MS]
    within_hour = sum(age_ms < HOUR_MS for age_ms in ages_ms)
    return within_hour < cap_an_hour and all(age_ms >= gap_s * 1000 for age_ms in ages_ms)


def next_of(waiting: Sequence[Waiting], gap_s: int) -> int | None:
    """Return which post of a feed goes next; None where it waits for one that is not due.

    The oldest goes first. With a gap to keep, of several news the one of the highest rank is the
    news: those below it wait for what comes of it, unless a person had a hand in them.
    """
    news = [one for one in waiting if one.news] if gap_s else []
    top = max((one.rank for one in news), default=0)
    lower = {one.id for one in news if one.rank < top and not one.by_hand}
    return min((one.id for one in waiting if one.due and one.id not in lower), default=None)


def _cut(text: str, most: int = _LONGEST_ERROR) -> str:
    """Return what a service said as a database keeps it: no lone surrogate, no NUL."""
    return text.encode(errors="replace").decode().replace("\0", "")[:most]
