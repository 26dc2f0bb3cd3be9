"""Rules: which milestones have been reached, and when; one function a kind.

Level-triggered: asked of the figures as they stand, whatever was seen before. So what was missed
once is found the next time, and a milestone on record is held against the same question.
"""

from collections.abc import Callable, Iterator, Sequence

from dashboard.core import measured, moments
from dashboard.core.clock import MINUTE_MS
from dashboard.core.crossing import same
from dashboard.core.fall import Fall, fall
from dashboard.core.milestones import Threshold
from dashboard.core.standing import Standing

_JUDGES: dict[str, Callable[[Threshold, Standing], Iterator[Fall]]] = {
    "amount": measured.gross,
    "reference_total": measured.gross,
    "past_total": measured.gross,
    "multiple": measured.multiple,
    "payments": measured.payments,
    "orders": measured.payments,
    "counter": measured.counter,
    "share": measured.share,
    "peak_minute": moments.peak_minute,
    "peak_second": moments.peak_second,
    "bulletin": moments.bulletin,
    "start": moments.start,
    "close": moments.close,
    "site": moments.site,
}


def fallen(thresholds: Sequence[Threshold], standing: Standing) -> list[Fall]:
    """Return what has fallen of those not yet fired, in the order of their crossing."""
    known = {one.key for one in thresholds}
    found = [
        one_fall
        for one in thresholds
        if one.crossed_ms is None
        for one_fall in _falls(one, thresholds, standing)
        if not one.many or one_fall.key not in known
    ]
    return sorted(found, key=lambda each: (each.when.ms, each.threshold.amount))


def _falls(one: Threshold, thresholds: Sequence[Threshold], standing: Standing) -> Iterator[Fall]:
    if one.kind == "share" and one.many:
        members = {each.of for each in thresholds if each.rule == one.id}
        return measured.club(one, standing, members)
    return _JUDGES[one.kind](one, standing)


def stands(threshold: Threshold, standing: Standing) -> Fall | None:
    """Return what a fired milestone would be told with now; None: it is not reached any more."""
    if threshold.kind == "peak_second" and _forgotten(threshold, standing):
        return fall(threshold, threshold.crossing)
    return next(_JUDGES[threshold.kind](threshold, standing), None)


def unchanged(threshold: Threshold, found: Fall | None) -> bool:
    """Return whether the record of a fired milestone says what `stands` returns for it."""
    if found is None:
        return threshold.undercut
    if threshold.undercut or not same(threshold.crossing, found.when):
        return False
    if found.of_then and found.value != threshold.value:
        return False
    return found.total is None or found.total == threshold.total


def _forgotten(threshold: Threshold, standing: Standing) -> bool:
    """Return whether the second on record is of an hour whose seconds are kept no longer."""
    return not standing.seconds("payments", threshold.crossing.ms // MINUTE_MS)
