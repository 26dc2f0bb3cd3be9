"""Milestones: what is awaited, what has fallen, and how frames tell of both."""

from collections.abc import Sequence

import msgspec

from dashboard.core.clock import MINUTE_MS
from dashboard.core.crossing import Crossing
from dashboard.core.events import rfc3339
from dashboard.core.frame import Milestones, Next, Reached

GROSS = "gross"
# Kinds that the campaign's gross is measured by; of these alone walls show pins and what is next.
GROSS_KINDS = frozenset({"amount", "reference_total", "past_total"})
# Of the others that a frame carries, 4 times a second: a wall shows one, the staff page eight.
MOST_OTHERS = 12


class Threshold(msgspec.Struct, frozen=True, kw_only=True):
    """One milestone: `amount` in the measure of its kind (minor units, a count …).

    `crossed_ms` (campaign time) is None until it fires; `announced_ms` is the real time of the
    first frame that carried it. `title` is what it is called where it has no label of its own.

    `amount` is resolved where a rule asks for another year's; `asked` is what the rule says. Those
    that a rule for many brought forth have its number as `rule`. On record of a fired one are
    `total`, the gross, and `value` in its measure; `precise`: its second is known; `undercut`: it
    is noted that it is reached no longer.
    """

    id: int
    key: str
    kind: str
    amount: int
    label: str = ""
    label_zh: str = ""
    crossed_ms: int | None = None
    announced_ms: int | None = None
    confirmed: bool = False
    late: bool = False
    take_over: bool = True
    title: str = ""
    title_zh: str = ""
    dimension: str = ""
    of: str = ""
    asked: int = 0
    rule: int | None = None
    total: int | None = None
    value: int | None = None
    precise: bool = True
    undercut: bool = False

    @property
    def many(self) -> bool:
        """Whether it never falls itself, but each of many is a milestone of its own."""
        of_many = self.kind == "site" or (self.kind == "share" and not self.of)
        return of_many and self.rule is None

    @property
    def crossing(self) -> Crossing:
        """When it fell, of a fired one."""
        return Crossing(self.crossed_ms or 0, self.precise)

    def fired_since(self, ms: int) -> bool:
        """Return whether it fell at `ms` (campaign time) or later."""
        return self.crossed_ms is not None and self.crossed_ms >= ms

    @property
    def measure(self) -> str:
        """What `amount` is an amount of: the campaign's gross, or else what the kind says."""
        return GROSS if self.of_gross else self.kind

    @property
    def of_gross(self) -> bool:
        """Whether `amount` is one of the campaign's gross."""
        return self.kind in GROSS_KINDS

    @property
    def named(self) -> tuple[str, str]:
        """Its name in English and Chinese; an amount of gross needs none but its own."""
        own = self.label or self.of_gross
        return (self.label, self.label_zh) if own else (self.title, self.title_zh)


def settled(threshold: Threshold, as_of_ms: int) -> bool:
    """Return whether everything accepted in the minute of its crossing is counted."""
    crossed = threshold.crossed_ms
    return crossed is not None and as_of_ms >= crossed - crossed % MINUTE_MS + MINUTE_MS


def as_reached(threshold: Threshold) -> Reached:
    """Return a fired threshold as frames and the API tell it."""
    announced = threshold.announced_ms
    label, label_zh = threshold.named
    return Reached(
        key=threshold.key,
        kind=threshold.kind,
        amount=threshold.amount,
        label=label,
        crossed_at=rfc3339(threshold.crossed_ms or 0),
        announced_at=None if announced is None else rfc3339(announced),
        confirmed=threshold.confirmed,
        label_zh=label_zh,
        measure=threshold.measure,
        take_over=threshold.take_over and not threshold.late,
        late=threshold.late,
        dimension=threshold.dimension,
        of=threshold.of,
    )


def as_next(threshold: Threshold) -> Next:
    """Return a threshold to come as frames and the API tell it."""
    return Next(
        key=threshold.key,
        kind=threshold.kind,
        amount=threshold.amount,
        label=threshold.label,
        eta=None,
        label_zh=threshold.label_zh,
    )


def told(thresholds: Sequence[Threshold], now_ms: int) -> Milestones:
    """Return a frame's milestones: those reached in the order of their crossing, and the next.

    The next is the lowest amount of gross that is not reached. One that no frame has carried yet
    is announced by this one, at `now_ms` (real time). Of other measures the latest are told.
    """
    reached = _worth_a_frame([one for one in thresholds if one.crossed_ms is not None])
    to_come = [one for one in thresholds if one.crossed_ms is None and one.of_gross]
    lowest = min(to_come, key=lambda one: one.amount, default=None)
    return Milestones(
        reached=[as_reached(announced(one, now_ms)) for one in reached],
        next=as_next(lowest) if lowest else None,
    )


def _worth_a_frame(reached: Sequence[Threshold]) -> list[Threshold]:
    """Return those that frames carry, in the order of their crossing.

    All of gross, which are pins; of others, which a club may have thousands of, the latest few.
    """
    ordered = sorted(reached, key=lambda one: (one.crossed_ms, one.amount))
    others = {one.id for one in [one for one in ordered if one.measure != GROSS][-MOST_OTHERS:]}
    return [one for one in ordered if one.measure == GROSS or one.id in others]


def announced(threshold: Threshold, now_ms: int) -> Threshold:
    """Return the threshold as announced: at `now_ms` unless it was before."""
    if threshold.announced_ms is not None:
        return threshold
    return msgspec.structs.replace(threshold, announced_ms=now_ms)
