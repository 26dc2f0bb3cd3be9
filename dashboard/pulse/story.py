"""The facts of a milestone that fell, as words and posters are made of them."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import msgspec

from dashboard.alerts.wording import title
from dashboard.core.clock import MINUTE_MS
from dashboard.core.fall import Fall
from dashboard.core.figures import Money
from dashboard.core.frame import Names
from dashboard.core.reference import Curve
from dashboard.core.story import Story
from dashboard.pulse.facts import Facts, Year

# A crossing found later than this, in real time, is old news: walls leave it at that too.
LATE_MS = 120_000


def story_of(
    facts: Facts, fall: Fall, year: Year | None, *, position: int, gross: int, now_ms: int
) -> Story:
    """Return the facts of a fall found at `now_ms` (real time), by figures at ledger `position`.

    `gross` is the campaign's as it stands, `year` the one that the milestone is compared with.
    """
    rule = fall.threshold
    subject = _subject(facts, fall)
    awaited = (one.amount for one in facts.of_gross if one.crossed_ms is None)
    story = Story(
        key=fall.key,
        kind=rule.kind,
        amount=rule.amount,
        total=gross if fall.total is None else fall.total,
        position=position,
        crossed_ms=fall.when.ms,
        label=rule.label,
        label_zh=rule.label_zh,
        subject=subject.en,
        subject_zh=subject.zh_hans,
        value=fall.value,
        precise=fall.when.precise,
        late=now_ms - facts.clock.real(fall.when.ms) > LATE_MS,
        of=fall.of,
        next_amount=min((one for one in awaited if one > gross), default=None),
        **_of_campaign(facts),
        **(_of_year(facts, fall, year) if year else {}),
    )
    names = {"label": title(story, "en"), "label_zh": title(story, "zh-hans")}
    return msgspec.structs.replace(story, **names)


def _of_campaign(facts: Facts) -> dict[str, Any]:
    meta = facts.meta
    return {
        "campaign": meta.name.en,
        "campaign_zh": meta.name.zh_hans,
        "money": Money(facts.currency, facts.exponent),
        "zone": meta.zone,
        "start_ms": facts.start_ms,
        "end_ms": facts.end_ms,
        "basis": meta.basis.en,
        "basis_zh": meta.basis.zh_hans,
        "rehearsal": facts.clock.rehearsal,
    }


def _of_year(facts: Facts, fall: Fall, year: Year) -> dict[str, Any]:
    """Return how the year compared with stood at the same whole minute, where that is known."""
    rule, elapsed = fall.threshold, (fall.when.ms - facts.start_ms) // MINUTE_MS
    curve = Curve(year.minutes, year.total, len(facts.window))
    return {
        "year": year.label,
        "year_total": year.total,
        "year_to_now": curve.to_now(elapsed) or None,
        "year_elapsed_s": _elapsed_s(year.minutes, rule.amount) if rule.of_gross else None,
    }


def _subject(facts: Facts, fall: Fall) -> Names:
    """Return the curated name of what fell, or its key."""
    names = facts.meta.labels.get(fall.threshold.dimension or fall.threshold.kind, {})
    return names.get(fall.of, Names(fall.of, fall.of))


def _elapsed_s(minutes: Sequence[int], amount: int) -> int | None:
    """Return after how many seconds the minute began in which a year reached an amount."""
    running = list(accumulate(minutes))
    place = bisect_left(running, amount)
    return place * 60 if place < len(running) else None
