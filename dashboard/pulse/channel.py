"""One campaign at each tick: read, compose, fire milestones, tell."""

import logging

import msgspec

from dashboard.core.frame import Frame, Snapshot
from dashboard.pulse import firing, record, watch
from dashboard.pulse.beside import Keyed
from dashboard.pulse.buyers import Buyers
from dashboard.pulse.cadence import Cadence
from dashboard.pulse.facts import Facts
from dashboard.pulse.screen import Screen
from dashboard.pulse.source import Source
from dashboard.pulse.standing import BESIDE
from dashboard.store import ledger, shown
from dashboard.store.tallies import Figures

log = logging.getLogger(__name__)

_NOTHING_LEFT = ledger.Backlog(0, 0, 0)


class Channel:
    """Ties a campaign's screen to the ledger, the tallies and the database.

    Methods raise `redis.RedisError` and `django.db.Error`; the next tick makes good.
    """

    def __init__(self, source: Source, facts: Facts, now_ms: int) -> None:
        self._source = source
        self._cadence = Cadence()
        self._buyers = Buyers(source)
        self.screen = Screen(facts, last_shown(facts.campaign_id), now_ms)

    def tick(self, now_ms: int, slow: bool) -> bytes | None:
        """Return the frame (JSON) of the moment `now_ms` (real time), None where none is due.

        It is in Redis by then, and remains to be handed to the channel layer. `slow` ticks, one a
        second, also do what need not be done more often.
        """
        backlog = self._read(now_ms)
        self.screen.buyers = self._buyers.estimate(self.screen, slow)
        if slow:
            self._read_beside()
            record.review(self.screen, backlog, now_ms)
        frame = self.screen.next_frame(backlog, now_ms)
        if firing.fire(self.screen, backlog, now_ms, slow):
            frame = self.screen.next_frame(backlog, now_ms)
        told = self._tell(frame, now_ms)
        if slow:
            watch.confirm(self.screen, frame, now_ms)
            watch.note_worst(self.screen, frame, now_ms)
            watch.check_cap(self.screen)
        return told

    def _read(self, now_ms: int) -> ledger.Backlog:
        """Take in the tallies; return what they lack of what the ledger held before."""
        campaign_id, cache = self.screen.facts.campaign_id, self.screen.cache
        head = ledger.head(campaign_id)
        figures = self._changes(campaign_id, cache.generation, cache.position)
        self.screen.take(figures, head, now_ms)
        if figures.position >= head:
            return _NOTHING_LEFT
        return ledger.backlog(campaign_id, figures.position)

    def _read_beside(self) -> None:
        """Take in what no frame shows, where a milestone is of it; else forget it."""
        screen = self.screen
        if screen.facts.dimensions & BESIDE:
            kept = screen.beside
            campaign_id = screen.facts.campaign_id
            kept.take(self._source.beside(campaign_id, kept.generation, kept.position))
        elif screen.beside.generation:
            screen.beside = Keyed(screen.facts.window)

    def _changes(self, campaign_id: int, generation: str, position: int) -> Figures:
        figures = self._source.changes(campaign_id, generation, position)
        if figures.generation == generation and figures.position < position:
            # A Redis that came back older: nothing changed after a position it has not reached.
            return self._source.changes(campaign_id, "", 0)
        return figures

    def _tell(self, frame: Frame, now_ms: int) -> bytes | None:
        """Publish the frame, and what else is due with it; return it if it was."""
        due = self._cadence
        due.look(frame)
        with_base, with_copy = due.base_due(frame, now_ms), due.copy_due(frame, now_ms)
        if not (with_base or with_copy or due.frame_due(now_ms)):
            return None
        encoded = msgspec.json.encode(frame)
        whole = msgspec.json.encode(self.screen.whole()) if with_base or with_copy else b""
        self._source.put(self.screen.facts.campaign_id, encoded, whole if with_base else None)
        self.screen.seq = frame.seq
        due.told(frame, now_ms, with_base)
        watch.announce(self.screen, now_ms)
        if with_copy:
            self._keep(frame, whole)
            due.kept(now_ms)
        return encoded

    def _keep(self, frame: Frame, whole: bytes) -> None:
        """Save a copy of what was told: it must not be undercut while figures heal."""
        shown.save(self.screen.facts.campaign_id, frame.epoch, frame.seq, frame.position, whole)


def last_shown(campaign_id: int) -> Snapshot | None:
    """Return the snapshot that the campaign's screens were given last; None where there is none."""
    kept = shown.load(campaign_id)
    if kept is None:
        return None
    try:
        return msgspec.json.decode(kept.snapshot, type=Snapshot)
    except msgspec.DecodeError as error:
        log.warning("kept snapshot unreadable campaign=%s error=%s", campaign_id, error)
        return None
