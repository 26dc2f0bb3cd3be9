"""What the pulse writes down as it watches the figures, beside firing milestones (`firing.py`)."""

import logging

from dashboard.core import milestones as rules
from dashboard.core.frame import Frame
from dashboard.core.instants import from_rfc3339
from dashboard.core.money import MAX_TOTAL
from dashboard.core.site import NORMAL, begun
from dashboard.pulse.facts import with_milestones_anew
from dashboard.pulse.screen import Screen
from dashboard.store import milestones, site

log = logging.getLogger(__name__)

_past_cap: set[int] = set()  # campaigns of which this process has raised the alarm


def announce(screen: Screen, now_ms: int) -> None:
    """Record that the frame told at `now_ms` (real time) was the first to carry a milestone."""
    fired = [one for one in screen.facts.thresholds if one.crossed_ms is not None]
    fresh = [one.id for one in fired if one.announced_ms is None]
    if fresh:
        milestones.announce(fresh, now_ms)
        screen.update(with_milestones_anew(screen.facts), now_ms)


def confirm(screen: Screen, frame: Frame, now_ms: int) -> None:
    """Confirm the milestones that nothing accepted can move any more.

    Nothing is left to be counted, or what is left was accepted after the minute of the crossing.
    """
    if frame.healing:
        return
    as_of_ms = from_rfc3339(frame.as_of)
    fired = [one for one in screen.facts.thresholds if one.crossed_ms is not None]
    settled = [
        one.id
        for one in fired
        if not one.confirmed and (not frame.backlog.batches or rules.settled(one, as_of_ms))
    ]
    if settled:
        milestones.confirm(settled, now_ms)


def note_worst(screen: Screen, frame: Frame, now_ms: int) -> None:
    """Remember how many orders were stuck at the worst of the site's episode that lasts."""
    past = begun(screen.facts.stretches, screen.facts.clock.campaign(now_ms))
    if frame.healing or not past or past[-1].state == NORMAL:
        return
    if frame.payments.stuck > past[-1].worst_stuck:
        site.raise_worst(past[-1].id, frame.payments.stuck)


def check_cap(screen: Screen) -> None:
    """Raise the alarm, once a process, where a total is more than screens can count exactly."""
    gross = screen.cache.sums.total["gross"]
    if gross > MAX_TOTAL and screen.facts.campaign_id not in _past_cap:
        _past_cap.add(screen.facts.campaign_id)
        log.error("total past its cap campaign=%s gross=%s", screen.facts.slug, gross)
