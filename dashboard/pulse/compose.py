"""Composing the frame: the figures of a cache, told as the public contract has them."""

from functools import lru_cache, partial

import msgspec

from dashboard.core import health, milestones, reference, site
from dashboard.core.clock import MINUTE_MS
from dashboard.core.dimensions import DIMENSIONS
from dashboard.core.events import rfc3339
from dashboard.core.frame import (
    Backlog,
    CounterFigures,
    Frame,
    MinuteFigures,
    MinuteRow,
    ReferenceFigures,
    Share,
    Topups,
    Turnover,
)
from dashboard.pulse.cache import Cache
from dashboard.pulse.facts import Facts
from dashboard.pulse.payments import payments, told_until
from dashboard.pulse.shares import largest
from dashboard.pulse.sums import COUNTER


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """When a frame is made: now, and the time its figures stand at; real and campaign time, ms."""

    now_ms: int
    counted_ms: int
    campaign_now_ms: int
    as_of_ms: int
    backlog: Backlog

    @property
    def behind_seconds(self) -> float:
        """How far the figures lag, in real seconds."""
        return max(0, self.now_ms - self.counted_ms) / 1000


def moment(facts: Facts, now_ms: int, oldest_ms: int, backlog: Backlog) -> Moment:
    """Return the moment `now_ms` (real) for figures that lack what came from `oldest_ms` on.

    `oldest_ms` is 0 where everything accepted is counted.
    """
    counted_ms = health.counted_until(now_ms, oldest_ms)
    return Moment(
        now_ms=now_ms,
        counted_ms=counted_ms,
        campaign_now_ms=facts.clock.campaign(now_ms),
        as_of_ms=facts.clock.campaign(counted_ms),
        backlog=backlog,
    )


@lru_cache(maxsize=50_000)
def minute_start(minute: int) -> str:
    """Return the start of a minute, RFC 3339."""
    return rfc3339(minute * MINUTE_MS)


def frame(cache: Cache, facts: Facts, when: Moment, buyers: int | None) -> Frame:
    """Return the frame of a moment; epoch and number are given when it is shown."""
    total = cache.sums.total
    return Frame(
        campaign=facts.slug,
        epoch=0,
        seq=0,
        as_of=rfc3339(when.as_of_ms),
        behind_seconds=when.behind_seconds,
        sent_at=rfc3339(when.now_ms),
        status=health.status(when.campaign_now_ms, facts.start_ms, facts.end_ms),
        final=health.is_final(when.as_of_ms, facts.end_ms),
        turnover=_turnover(cache, facts),
        orders=total["payments"],
        buyers=buyers,
        payments=payments(cache, told_until(cache, facts.clock, when.as_of_ms)),
        minute=_minute_running(cache, when.as_of_ms),
        peak_minute=_minute(cache, cache.best.at),
        minutes=[row(cache, minute) for minute in cache.changed(when.now_ms)],
        by=_breakdowns(cache, facts, when.as_of_ms),
        topups=Topups(total["topups"], total["topup_count"]),
        reference=_reference(cache, facts, when.as_of_ms),
        forecast=None,
        milestones=milestones.told(facts.thresholds, when.now_ms),
        site=site.told(facts.stretches, when.campaign_now_ms),
        notice=facts.notice or None,
        counters=_counters(cache, when.as_of_ms),
        position=cache.position,
        healing=False,
        backlog=when.backlog,
    )


def held(shown: Frame, facts: Facts, when: Moment) -> Frame:
    """Return the frame of a moment while figures are rebuilt: those shown last, and what staff say.

    `when` must stand at the time of the figures shown.
    """
    return msgspec.structs.replace(
        shown,
        as_of=rfc3339(when.as_of_ms),
        behind_seconds=when.behind_seconds,
        sent_at=rfc3339(when.now_ms),
        status=health.status(when.campaign_now_ms, facts.start_ms, facts.end_ms),
        final=False,
        milestones=milestones.told(facts.thresholds, when.now_ms),
        site=site.told(facts.stretches, when.campaign_now_ms),
        notice=facts.notice or None,
        healing=True,
        backlog=when.backlog,
    )


def row(cache: Cache, minute: int) -> MinuteRow:
    """Return a minute's row: start, gross, refunds, payments."""
    figures = cache.minutes.get(minute, {})
    gross, refunds = figures.get("gross", 0), figures.get("refunds", 0)
    return (minute_start(minute), gross, refunds, figures.get("payments", 0))


def _turnover(cache: Cache, facts: Facts) -> Turnover:
    gross, refunds = cache.sums.total["gross"], cache.sums.total["refunds"]
    return Turnover(gross, refunds, gross - refunds, facts.currency, facts.exponent)


def _minute_running(cache: Cache, as_of_ms: int) -> MinuteFigures | None:
    minute = as_of_ms // MINUTE_MS
    return _minute(cache, minute if minute in cache.window else None)


def _minute(cache: Cache, minute: int | None) -> MinuteFigures | None:
    if minute is None:
        return None
    start, gross, _, count = row(cache, minute)
    return MinuteFigures(start, gross, count)


def _breakdowns(cache: Cache, facts: Facts, as_of_ms: int) -> dict[str, dict[str, Share]]:
    elapsed = _elapsed(facts, as_of_ms)
    return {
        dimension.name: largest(
            cache.sums.keys(dimension.name), partial(_multiple, facts, dimension.name, elapsed)
        )
        for dimension in DIMENSIONS
        if dimension.on_frame
    }


def _multiple(facts: Facts, dimension: str, elapsed: int, key: str, gross: int) -> float | None:
    """Return how many times last year's gross of the same key at the same minute `gross` is."""
    points = facts.year.by.get(dimension, {}).get(key) if facts.year else None
    if not points or not facts.curve:
        return None
    return reference.multiple(gross, facts.curve.share_to_now(points, elapsed))


def _reference(cache: Cache, facts: Facts, as_of_ms: int) -> ReferenceFigures | None:
    if not facts.year or not facts.curve:
        return None
    to_now = facts.curve.to_now(_elapsed(facts, as_of_ms))
    multiple = reference.multiple(cache.sums.total["gross"], to_now)
    return ReferenceFigures(facts.year.label, facts.year.total, to_now, multiple)


def _elapsed(facts: Facts, as_of_ms: int) -> int:
    """Return how many whole minutes of the window are over."""
    return max(0, min(as_of_ms // MINUTE_MS, facts.window.stop) - facts.window.start)


def _counters(cache: Cache, as_of_ms: int) -> dict[str, CounterFigures]:
    minute = as_of_ms // MINUTE_MS
    running = cache.minutes.get(minute, {}) if minute in cache.window else {}
    fields = ((name, f"{COUNTER}:{name}") for name in cache.sums.counters())
    return {
        name: CounterFigures(cache.sums.total[field], running.get(field, 0))
        for name, field in fields
    }
