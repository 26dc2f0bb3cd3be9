"""Milestones that fall: what they fall with, and the facts that are told."""

from typing import Any

from dashboard.core.crossing import Crossing
from dashboard.core.fall import Fall
from dashboard.core.figures import Money
from dashboard.core.milestones import Threshold
from dashboard.core.story import Story
from tests.worlds import MIDNIGHT_MS


def fall_of(threshold: Threshold, ms: int = 5_000, **told: Any) -> Fall:
    """Return a fall `ms` after midnight."""
    fields = {"key": threshold.key, "of": threshold.of} | told
    return Fall(threshold=threshold, when=Crossing(MIDNIGHT_MS + ms), **fields)


def story_of(fall: Fall, position: int = 7, total: int = 110, **told: Any) -> Story:
    """Return the facts of a fall in a festival of 24 hours."""
    return Story(
        key=fall.key,
        kind=fall.threshold.kind,
        campaign="Festival",
        campaign_zh="购物节",
        money=Money("CNY", 2),
        zone="Asia/Shanghai",
        start_ms=MIDNIGHT_MS,
        end_ms=MIDNIGHT_MS + 86_400_000,
        amount=fall.threshold.amount,
        total=total,
        position=position,
        crossed_ms=fall.when.ms,
        **told,
    )
