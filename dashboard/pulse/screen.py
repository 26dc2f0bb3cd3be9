"""What one campaign's screens are told, frame after frame, and what is held while figures heal.

Figures that stand on an earlier ledger position than those shown are being counted anew: the ones
shown are held, marked as healing, until the new ones have caught up. So the total never runs
backwards without a word. Whatever replaces figures begins a new epoch.
"""

import msgspec

from dashboard.core import health, rules
from dashboard.core.clock import MINUTE_MS
from dashboard.core.degrade import Degrade
from dashboard.core.fall import Fall
from dashboard.core.frame import Backlog, Frame, Snapshot
from dashboard.core.health import is_final
from dashboard.core.instants import from_rfc3339
from dashboard.core.milestones import Threshold
from dashboard.pulse import compose, standing
from dashboard.pulse.beside import Keyed
from dashboard.pulse.cache import Cache
from dashboard.pulse.facts import Facts
from dashboard.pulse.payments import told_until
from dashboard.pulse.snapshot import figures, rows, snapshot, step_minutes
from dashboard.pulse.standing import Standing
from dashboard.pulse.stirred import Stirred
from dashboard.store import ledger
from dashboard.store.tallies import Figures

# Milestones wait while something accepted has not been counted for so long.
TRUSTED_BACKLOG_MS = 10_000


class Screen:
    """The state behind one campaign's frames; it reads and writes nothing itself.

    `shown` is what screens were given last, by whichever pulse; `seq` counts the frames told.
    """

    def __init__(self, facts: Facts, shown: Snapshot | None, now_ms: int) -> None:
        self.facts = facts
        self.cache, self.beside = Cache(facts.window), Keyed(facts.window)
        self.buyers: int | None = None
        self.degrade = Degrade()
        self._stirred = Stirred()
        self.last: Frame | None = None
        self.epoch, self.seq = max(now_ms, shown.epoch + 1 if shown else 0), 0
        self._before = self._held = shown

    @property
    def healing(self) -> bool:
        """True while the figures last shown are held."""
        return self._held is not None

    def update(self, facts: Facts, now_ms: int) -> None:
        """Take in what the database says now."""
        if not facts.same_ground(self.facts):
            self._begin_epoch(now_ms)
        if facts.window != self.facts.window:
            self.cache.rewindow(facts.window)
            self.beside.rewindow(facts.window)
        self.facts = facts

    def take(self, changes: Figures, head: int, now_ms: int) -> None:
        """Take in what changed in the tallies; `head` is the ledger's last batch."""
        if not self._held and changes.position < self.cache.position:
            self._held = self.whole()
        # The first ones too: a frame repeats no minutes of figures that come whole.
        replaced = self.cache.generation != changes.generation
        self.cache.take(changes, now_ms)
        if self._held and changes.position >= min(self._held.position, head):
            self._held, replaced = None, True
        if replaced and not self._held:
            self._begin_epoch(now_ms)
        self._recall_rush()

    def next_frame(self, backlog: ledger.Backlog, now_ms: int) -> Frame:
        """Return the frame of the moment `now_ms` (real time), numbered as the next one."""
        age = max(0, now_ms - backlog.oldest_ms) / 1000 if backlog.batches else 0.0
        told = Backlog(backlog.batches, backlog.events, age)
        when = compose.moment(self.facts, now_ms, backlog.oldest_ms, told)
        if self._held:
            frame = compose.held(figures(self._held), self.facts, self._since(self._held, when))
        else:
            self.cache.forget_seconds(when.as_of_ms // 1000)
            frame = compose.frame(self.cache, self.facts, when, self.buyers)
        self.last = msgspec.structs.replace(
            frame, epoch=self.epoch, seq=self.seq + 1, degrade=self.degrade
        )
        return self.last

    def whole(self) -> Snapshot | None:
        """Return the last frame as a snapshot; None before the first one."""
        if self.last is None:
            return None
        if self._held:
            minutes, step = self._held.minutes, self._held.step_seconds
        else:
            minutes = rows(self.cache, from_rfc3339(self.last.as_of))
            step = 60 * step_minutes(self.facts.window)
        return snapshot(self.last, minutes, step, self.facts.meta)

    def due(self, backlog: ledger.Backlog, now_ms: int, whole: bool = True) -> list[Fall]:
        """Return the milestones that fall now, in the order of their crossing.

        None while the figures cannot be trusted. Not `whole`: those of gross alone.
        """
        if not self.trusted(backlog, now_ms):
            return []
        judged = [one for one in self.facts.thresholds if self._told(one)]
        as_of_ms = self.facts.clock.campaign(health.counted_until(now_ms, backlog.oldest_ms))
        told_ms = told_until(self.cache, self.facts.clock, as_of_ms)
        return rules.fallen(judged if whole else self.facts.of_gross, self._at(as_of_ms, told_ms))

    def moved(self, backlog: ledger.Backlog, now_ms: int) -> list[tuple[Threshold, Fall | None]]:
        """Return the fired milestones that the figures say otherwise of now; None: not reached.

        Only those that something changed for are looked at, some at a time, and those returned
        again at a later look; none while the figures cannot be trusted.
        """
        if not self.trusted(backlog, now_ms):
            return []
        self._note_stirred()
        now, numbers = self._at(standing.EVER_MS, standing.EVER_MS), self._stirred.take(now_ms)
        known = {one.id: one for one in self.facts.thresholds if self._told(one)} if numbers else {}
        fired = [known[number] for number in numbers if number in known]
        found = ((one, rules.stands(one, now)) for one in fired)
        moved = [(one, fall) for one, fall in found if not rules.unchanged(one, fall)]
        for one, _ in moved:
            self._stirred.again(one.id, one.kind, now_ms)
        return moved

    def _note_stirred(self) -> None:
        """Take note of the milestones that stand on what has changed."""
        thresholds = self.facts.thresholds
        self._stirred.add(one.id for one in thresholds if self._told(one) and self._moves(one))
        self.cache.changed_from = None
        if self.beside.whole:
            self.beside.changed_from = None

    def _at(self, as_of_ms: int, told_ms: int) -> Standing:
        cache, beside, facts = self.cache, self.beside, self.facts
        return Standing(cache=cache, beside=beside, facts=facts, as_of_ms=as_of_ms, told_ms=told_ms)

    def _told(self, one: Threshold) -> bool:
        """Return whether what a milestone is judged by has been read."""
        return one.dimension not in standing.BESIDE or self.beside.whole

    def _moves(self, one: Threshold) -> bool:
        """Return whether something has changed that a fired milestone stands on."""
        kept = self.beside if one.dimension in standing.BESIDE else self.cache
        since = kept.changed_from
        return since is not None and one.fired_since(since * MINUTE_MS)

    def trusted(self, backlog: ledger.Backlog, now_ms: int) -> bool:
        """Return whether the figures can be trusted with what is never taken back.

        Not while they heal, are far behind the ledger, unlike it, or were not compared with it for
        minutes.
        """
        behind = backlog.batches and now_ms - backlog.oldest_ms >= TRUSTED_BACKLOG_MS
        return not self._held and not behind and self._vouched(now_ms)

    def _vouched(self, now_ms: int) -> bool:
        """Return whether the last comparison with the ledger was good, and not too long ago."""
        checked, as_of_ms = self.facts.checked, self.facts.clock.campaign(now_ms)
        final = is_final(as_of_ms, self.facts.end_ms)
        return checked is None or checked.vouches(now_ms, self.cache.position, final)

    def _begin_epoch(self, now_ms: int) -> None:
        """Start a new epoch, unless nothing was told in this one; its name is a rising real ms."""
        if self.seq:
            self.epoch, self.seq = max(now_ms, self.epoch + 1), 0

    def _since(self, held: Snapshot, when: compose.Moment) -> compose.Moment:
        """Return the moment for held figures: they stand at the time they were shown for."""
        as_of_ms = from_rfc3339(held.as_of)
        counted_ms = self.facts.clock.real(as_of_ms)
        return msgspec.structs.replace(when, as_of_ms=as_of_ms, counted_ms=counted_ms)

    def _recall_rush(self) -> None:
        """After a start, keep the peak second shown before where its seconds are gone."""
        if self._held:
            return
        before, self._before = self._before, None
        if before and before.payments.peak_at:
            second = from_rfc3339(before.payments.peak_at) // 1000
            self.cache.recall_rush(second, before.payments.peak_per_second)
