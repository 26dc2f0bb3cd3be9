"""The hub: one a process, between the pulse and the process' sockets.

It holds the newest frame of each campaign, encoded once, and wakes the slots of those that watch.
The cost of a frame is one look at its head; of a socket, one write. It reads no clock: `now` is
monotonic seconds.

While no frame comes (the pulse is dead, or Redis) the newest is told again as it is, old `sent_at`
and all, at least every 2 s: a client hears that the line is alive and sees how old the figures are.
"""

from prometheus_client import Counter, Gauge

from dashboard.live.round import Round
from dashboard.live.slot import Line, Slot
from dashboard.live.stamped import Stamped

# At a beat of half a second: a message at least every 2 s, and none between frames of each second.
IDLE_S = 1.5
# A leader whose clock runs behind begins a lower epoch; after this long it is believed.
DOUBT_S = 5.0

SOCKETS = Gauge("gmv_sockets", "Open sockets of this process", ["campaign"])
FRAMES = Counter("gmv_frames_received", "Frames that reached this process' hub", ["campaign"])


class Watched:
    """One campaign with its watchers, its newest frame and when that came and was last told."""

    def __init__(self, campaign_id: int) -> None:
        self.campaign_id = campaign_id
        self.slots: set[Slot] = set()
        self.newest: Stamped | None = None
        self.came = self.told = float("-inf")
        self._round = Round()

    def believes(self, frame: Stamped, now: float) -> bool:
        """Return whether `frame` is newer than what is held, or of a leader that took over."""
        if self.newest is None or frame.stamp > self.newest.stamp:
            return True
        return frame.stamp.epoch < self.newest.stamp.epoch and now - self.came >= DOUBT_S

    def tell(self, now: float) -> None:
        """Begin to put the newest frame into every watcher's slot."""
        self.told = now
        if self.newest is not None:
            self._round.begin(self.newest, self.slots)


class Hub:
    """Newest frames and who watches them."""

    def __init__(self) -> None:
        self._watched: dict[str, Watched] = {}
        self.doubts = 0  # by it sockets that watch no frames notice as well

    def join(self, slug: str, campaign_id: int, line: Line | None = None) -> Slot:
        """Return a slot for a new socket, the newest frame in it where there is one."""
        watched = self._watched.setdefault(slug, Watched(campaign_id))
        watched.campaign_id = campaign_id  # it may have been deleted and made anew
        slot = Slot(slug, line)
        watched.slots.add(slot)
        SOCKETS.labels(slug).set(len(watched.slots))
        if watched.newest is not None:
            slot.offer(watched.newest)
        return slot

    def leave(self, slot: Slot) -> None:
        """Forget a socket, and its campaign with the last one; leaving twice is no error."""
        watched = self._watched.get(slot.campaign)
        if watched is None or slot not in watched.slots:
            return
        watched.slots.remove(slot)
        SOCKETS.labels(slot.campaign).set(len(watched.slots))
        if not watched.slots:
            del self._watched[slot.campaign]

    def slots(self) -> list[Slot]:
        """Return the slots of all sockets."""
        return [slot for one in self._watched.values() for slot in one.slots]

    def campaigns(self) -> dict[str, int]:
        """Return the campaigns that somebody watches, and their primary keys."""
        return {slug: one.campaign_id for slug, one in self._watched.items()}

    def offer(self, frame: Stamped, now: float) -> bool:
        """Take in a frame and tell it; False where nobody watches or it is not newer."""
        watched = self._watched.get(frame.campaign)
        if watched is None:
            return False
        if not watched.believes(frame, now):
            return False
        watched.newest, watched.came = frame, now
        FRAMES.labels(frame.campaign).inc()
        watched.tell(now)
        return True

    def doubt(self) -> None:
        """Have every socket ask at once whether it may still watch."""
        self.doubts += 1
        for slot in self.slots():
            slot.doubt()

    def needs_frame(self, slug: str) -> bool:
        """Return whether a watched campaign has no frame yet."""
        return slug in self._watched and self._watched[slug].newest is None

    def beat(self, now: float) -> None:
        """Tell the newest frame again where nothing was told for `IDLE_S`."""
        for watched in self._watched.values():
            if now - watched.told >= IDLE_S:
                watched.tell(now)
