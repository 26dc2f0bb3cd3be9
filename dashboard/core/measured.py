"""Rules that a running total is held against; see `rules.py`."""

from collections.abc import Iterator, Set
from functools import partial

import msgspec

from dashboard.core.clock import MINUTE_MS
from dashboard.core.crossing import Crossing, crossing, no_later, within
from dashboard.core.dimensions import OTHER, UNKNOWN
from dashboard.core.fall import Fall, fall
from dashboard.core.members import member
from dashboard.core.milestones import GROSS, Threshold
from dashboard.core.standing import Standing

_NOBODY = frozenset({OTHER, UNKNOWN})


def _sum(threshold: Threshold, standing: Standing, field: str) -> Iterator[Fall]:
    total = standing.total(field)
    if not threshold.amount or total < threshold.amount:
        return
    seconds = partial(standing.seconds, field)
    when = crossing(threshold.amount, standing.minutes(field), seconds)
    if when is not None:
        yield fall(threshold, no_later(when, standing.as_of_ms), None if field == GROSS else total)


def gross(threshold: Threshold, standing: Standing) -> Iterator[Fall]:
    """Judge the campaign's gross."""
    return _sum(threshold, standing, GROSS)


def payments(threshold: Threshold, standing: Standing) -> Iterator[Fall]:
    """Judge the payments, which are the orders paid."""
    return _sum(threshold, standing, "payments")


def counter(threshold: Threshold, standing: Standing) -> Iterator[Fall]:
    """Judge a counter."""
    return _sum(threshold, standing, f"counter:{threshold.of}")


def share(threshold: Threshold, standing: Standing) -> Iterator[Fall]:
    """Judge a key's amount."""
    return _sum(threshold, standing, f"{threshold.dimension}:gross:{threshold.of}")


def club(threshold: Threshold, standing: Standing, members: Set[str]) -> Iterator[Fall]:
    """Judge each key that is not yet of the `members`; they are milestones of their own.

    A crossing is looked for in a whole day's minutes: not again of those that have fallen.
    """
    for key, _ in standing.keys(threshold.dimension, max(threshold.amount, 1)):
        if key not in _NOBODY and key not in members:
            one = msgspec.structs.replace(threshold, key=member(threshold.key, key), of=key)
            yield from (_of(threshold, found) for found in share(one, standing))


def _of(rule: Threshold, found: Fall) -> Fall:
    return msgspec.structs.replace(found, threshold=rule)


def multiple(threshold: Threshold, standing: Standing) -> Iterator[Fall]:
    """Judge so many thousandths of last year's total at the same whole minute; not in the first.

    It is reached by a payment, or as the first minute ends, from when on there is a comparison.
    """
    if not 0 < threshold.amount <= standing.best_multiple:
        return
    for minute, running, gross, last_year in _beside_last_year(standing):
        least = -(-last_year * threshold.amount // 1000)
        if least <= running + gross:
            yield fall(threshold, _reached(minute, gross, least - running, standing))
            return


def best_multiple(standing: Standing) -> int:
    """Return the most thousandths of last year's total that were reached at any time, cut."""
    found = _beside_last_year(standing)
    return max(((running + gross) * 1000 // year for _, running, gross, year in found), default=0)


def _beside_last_year(standing: Standing) -> Iterator[tuple[int, int, int, int]]:
    """Yield minute, gross before it and in it, and last year's total as it began, where any."""
    first, now = standing.start_ms // MINUTE_MS, standing.as_of_ms // MINUTE_MS
    minutes = {first + 1: 0} | dict(standing.minutes(GROSS))
    running = 0
    for minute in sorted(minutes):
        gross, last_year = minutes[minute], standing.year_to_now(minute - first)
        if first < minute <= now and last_year > 0:
            yield minute, running, gross, last_year
        running += gross


def _reached(minute: int, gross: int, missing: int, standing: Standing) -> Crossing:
    if missing <= 0:
        return Crossing(minute * MINUTE_MS)
    return no_later(
        within(minute, gross, missing, standing.seconds(GROSS, minute)), standing.as_of_ms
    )
