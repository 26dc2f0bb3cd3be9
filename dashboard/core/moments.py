"""Rules that a minute, a second or the clock is held against; see `rules.py`."""

from collections.abc import Iterator

import msgspec

from dashboard.core.clock import MINUTE_MS
from dashboard.core.crossing import Crossing, end_of
from dashboard.core.fall import Fall, fall
from dashboard.core.members import member
from dashboard.core.milestones import GROSS, Threshold
from dashboard.core.standing import Standing


def peak_minute(threshold: Threshold, standing: Standing) -> Iterator[Fall]:
    """Judge by the first minute that is over and was as good."""
    if not threshold.amount or standing.best_minute() < threshold.amount:
        return
    over = standing.told_ms // MINUTE_MS
    for minute, gross in standing.minutes(GROSS):
        if gross >= threshold.amount and minute < over:
            yield fall(threshold, end_of(minute), gross)
            return


def peak_second(threshold: Threshold, standing: Standing) -> Iterator[Fall]:
    """Judge by the first second that is over and had as many payments."""
    over = standing.told_ms // 1000
    for second, payments in standing.rushes(max(threshold.amount, 1)):
        if second < over:
            yield fall(threshold, Crossing(second * 1000), payments)
            return


def bulletin(threshold: Threshold, standing: Standing) -> Iterator[Fall]:
    """Tell the total when so many seconds were over; whole minutes alone are asked for.

    Before anything is counted there is nothing to tell: a past campaign may be imported yet.
    """
    at_ms = standing.start_ms + threshold.amount * 1000
    if at_ms <= min(standing.told_ms, standing.end_ms) and (total := _before(at_ms, standing)):
        yield fall(threshold, Crossing(at_ms), total=total)


def start(threshold: Threshold, standing: Standing) -> Iterator[Fall]:
    """Tell that it has begun."""
    if standing.start_ms <= standing.as_of_ms:
        yield fall(threshold, Crossing(standing.start_ms), total=0)


def close(threshold: Threshold, standing: Standing) -> Iterator[Fall]:
    """Tell what it closed with, if anything."""
    if standing.end_ms <= standing.told_ms and (total := standing.total(GROSS)):
        yield fall(threshold, Crossing(standing.end_ms), total=total)


def _before(at_ms: int, standing: Standing) -> int:
    return sum(gross for minute, gross in standing.minutes(GROSS) if minute * MINUTE_MS < at_ms)


def site(threshold: Threshold, standing: Standing) -> Iterator[Fall]:
    """Tell of each time that a state of the site has begun."""
    for stretch in standing.stretches:
        begun = Crossing(stretch.since_ms // 1000 * 1000)
        key = member(threshold.key, str(stretch.id)) if threshold.many else threshold.key
        mine = threshold.many or begun == threshold.crossing
        if mine and stretch.state == threshold.of and stretch.since_ms <= standing.as_of_ms:
            yield msgspec.structs.replace(fall(threshold, begun), key=key)
