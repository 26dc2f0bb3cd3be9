"""Degrade levels: what is given up under load, in this order, and when it comes back.

At once when load asks for it, back after 30 s in which nothing asked for it any more. Accepting an
event durably is never degraded: the door has limits of its own.
"""

import msgspec

CALM_MS = 30_000

# Each level gives up what it names and all before it.
NAMES = ("normal", "exports", "charts", "panels", "public", "animation", "refresh", "total")
NORMAL, EXPORTS, CHARTS, PANELS, PUBLIC, ANIMATION, REFRESH, TOTAL = range(len(NAMES))


class Degrade(msgspec.Struct, frozen=True):
    """The level in force, and its name."""

    level: int = NORMAL
    name: str = NAMES[NORMAL]

    @classmethod
    def of(cls, level: int) -> "Degrade":
        """Return a level with its name."""
        return cls(level, NAMES[level])


class Room(msgspec.Struct, frozen=True):
    """How scarce disk and memory are; nought where nobody knows.

    `disk`: the free bytes at which the door closes, as a share of those that are free; `memory`:
    what Redis uses, as a share of what it may.
    """

    disk: float = 0.0
    memory: float = 0.0


class Signals(msgspec.Struct, frozen=True):
    """What load looks like, in real seconds; nought where it does not show.

    `tick`: the shortest of the pulse's last ticks, which may take a quarter of a second; `backlog`:
    the age of the oldest batch not counted; `lag`: the shortest by which a server's event loop woke
    up late of late. The shortest: one that was slow by chance is no load. `room`: what is left.
    """

    tick: float = 0.0
    backlog: float = 0.0
    lag: float = 0.0
    room: Room = Room()


# From which seconds on a signal asks for the levels from the first on. A backlog is no reason to
# send viewers away: they do not keep the tally from counting. Nor is one server's lag a reason to
# slow the pulse.
_TICK = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 8.0)
_BACKLOG = (5.0, 10.0, 20.0)
_LAG = (0.5, 1.0, 1.5, 2.0, 3.0)
# Fewer viewers make no room either, neither on a disk nor in Redis.
_DISK = (0.5, 0.75, 1.0)
_MEMORY = (0.8, 0.9, 0.95)


def wanted(signals: Signals) -> int:
    """Return the level that the load of this moment asks for."""
    scales = (
        (signals.tick, _TICK),
        (signals.backlog, _BACKLOG),
        (signals.lag, _LAG),
        (signals.room.disk, _DISK),
        (signals.room.memory, _MEMORY),
    )
    return max(sum(value >= step for step in scale) for value, scale in scales)


class Ladder:
    """Remembers when each level was asked for last; times are milliseconds of any one clock."""

    def __init__(self) -> None:
        self._asked_ms: dict[int, int] = {}

    def level(self, asked: int, now_ms: int) -> int:
        """Return the level in force, `asked` being what the load of this moment asks for."""
        for level in range(1, asked + 1):
            self._asked_ms[level] = now_ms
        held = (one for one, at in self._asked_ms.items() if 0 <= now_ms - at < CALM_MS)
        return max(held, default=NORMAL)
