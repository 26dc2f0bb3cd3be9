"""How far each tally is behind the ledger, judged from one look to the next."""

from collections.abc import Callable

import msgspec

from dashboard.store import ledger

# Signs of life of a tally: a batch counted, or a canary (one in 5 s) that a worker ran, so lately.
# Less than the 10 s of lag that refuse batches: where counting just stopped, nobody is refused.
ALIVE_S = 8.0


class Trail(msgspec.Struct):
    """What was seen of one campaign's tally: its position, and when it last moved (s, real time).

    Up to `excused` it is not behind: what lay there when we came, what is being counted anew, and
    what came while nothing was counted: an outage that is over is no reason to refuse money.
    """

    position: int
    moved_s: float
    excused: int


class Watched(msgspec.Struct, frozen=True):
    """One look at one campaign: the ledger's end, and the tally's position.

    `position` is None while Redis does not answer.
    """

    campaign_id: int
    head: int
    position: int | None


class Backlogs:
    """The tallies' trails. `backlog` and `bytes_an_event` ask the ledger; else it is pure."""

    def __init__(
        self,
        backlog: Callable[[int, int], ledger.Backlog] = ledger.backlog,
        bytes_an_event: Callable[[int], int] = ledger.bytes_an_event,
    ) -> None:
        self._backlog = backlog
        self._bytes_an_event = bytes_an_event
        self._trails: dict[int, Trail] = {}

    def see(
        self, looks: list[Watched], canary_s: float, now_s: float
    ) -> tuple[int, dict[int, float]]:
        """Return the bytes not yet counted, and how long the oldest batch waits, by campaign.

        `canary_s` is when a worker last ran a canary; both times are real.
        """
        total, behind_s = 0, dict[int, float]()
        for look in looks:
            trail = self._follow(look, now_s)
            if trail.position >= look.head:
                continue
            left = self._backlog(look.campaign_id, trail.position)
            total += left.events * self._bytes_an_event(look.campaign_id)
            silent_s = now_s - max(trail.moved_s, canary_s)
            if look.position is None or silent_s >= ALIVE_S:
                trail.excused = look.head
            elif trail.position >= trail.excused:
                behind_s[look.campaign_id] = now_s - left.oldest_ms / 1000
        return total, behind_s

    def _follow(self, look: Watched, now_s: float) -> Trail:
        trail = self._trails.get(look.campaign_id)
        if trail is None:
            # Where Redis is away from the start, what lies there is unknown: nothing, then.
            at = look.head if look.position is None else look.position
            trail = self._trails[look.campaign_id] = Trail(at, 0.0, look.head)
        elif look.position is not None and look.position != trail.position:
            if look.position < trail.position:
                trail.excused = look.head
            trail.position, trail.moved_s = look.position, now_s
        return trail
