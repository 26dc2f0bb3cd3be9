"""Which conditions operators are told of: each must hold for a while, and be over for a while."""

from collections.abc import Collection, Mapping, Sequence

import msgspec

BACKLOG, HEALING, RECONCILE, PROCESS = "backlog", "healing", "reconcile", "process"
FEED, DISK, OUTBOX, REDIS = "feed", "disk", "outbox", "redis"
KINDS = (BACKLOG, HEALING, RECONCILE, PROCESS, FEED, DISK, OUTBOX, REDIS)

# How long each must hold before it is told. Figures are counted anew within 10 s for a ledger of a
# million events, a restarted Redis or process is back within 5 s: nobody is woken for those.
_RAISE_MS = {BACKLOG: 5_000, HEALING: 15_000, OUTBOX: 30_000, REDIS: 15_000, DISK: 5_000}
# And be over for so long before the all-clear: what comes and goes is one alarm.
CLEAR_MS = 30_000

# At 10 s doors refuse batches and milestones wait; the oldest batch not yet counted is as old.
BACKLOG_MS = 10_000
# Of the free space at which doors close altogether: half as much again leaves time to act.
DISK_TIMES = 2
# What failed so often in a row will not mend itself.
REFUSALS = 3
# An approved post goes out within a second of its time, unless its feed is to wait.
OVERDUE_MS = 60_000
# Once is chance, and a deploy ends each process once.
DEATHS, DEATHS_WITHIN_MS = 3, 300_000


class Alarm(msgspec.Struct, frozen=True, order=True):
    """What an alarm is about; without a campaign it is the whole board's.

    `key` is its kind, and where there may be several which one: `process:worker`, `feed:7`.
    """

    key: str
    campaign_id: int | None = None

    @property
    def kind(self) -> str:
        """One of KINDS."""
        return self.key.partition(":")[0]


class Sight(msgspec.Struct, frozen=True):
    """What one look found: the conditions that hold, with a detail; kinds nobody could look at."""

    held: Mapping[Alarm, str]
    blind: frozenset[str] = frozenset()


class Patience:
    """Remembers since when each condition has been other than what operators were told."""

    def __init__(self) -> None:
        self._since: dict[Alarm, int] = {}

    def due(self, sight: Sight, told: Collection[Alarm], now_ms: int) -> list[Alarm]:
        """Return what to raise (held, not `told`) and to clear (told, not held) at `now_ms`.

        Of what could not be seen nothing is said, and its time begins anew. Real time, ms; a clock
        that was set back begins it anew as well.
        """
        other = [
            one
            for one in {*sight.held, *told}
            if (one in sight.held) != (one in told) and one.kind not in sight.blind
        ]
        self._since = {one: min(self._since.get(one, now_ms), now_ms) for one in other}
        return sorted(
            one
            for one, since in self._since.items()
            if now_ms - since >= _needed_ms(one, one in told)
        )


def _needed_ms(alarm: Alarm, told: bool) -> int:
    return CLEAR_MS if told else _RAISE_MS.get(alarm.kind, 0)


def keeps_dying(deaths_ms: Sequence[int], now_ms: int) -> bool:
    """Return whether a process that died at these times (real, ms) does so again and again."""
    return sum(0 <= now_ms - at < DEATHS_WITHIN_MS for at in deaths_ms) >= DEATHS
