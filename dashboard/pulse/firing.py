"""Firing what has fallen, each milestone with its proof, its facts and its posts."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from dashboard.alerts import news
from dashboard.core.fall import Fall
from dashboard.core.story import Story
from dashboard.pulse.facts import Facts, Year, with_milestones_anew, year_of
from dashboard.pulse.screen import Screen
from dashboard.pulse.story import story_of
from dashboard.pulse.trouble import FORESEEN
from dashboard.store import checks, feeds, firing, ledger
from dashboard.store.firing import Proof
from dashboard.store.outbox import NewPost
from dashboard.store.tables import Milestone
from gmvboard import failpoints

log = logging.getLogger(__name__)

# Some milliseconds each; of a club that is opened late the others fall at the next ticks.
MOST_AT_ONCE = 20
_broken: set[tuple[int, str]] = set()  # logged once a process; tried again at each tick


def fire(screen: Screen, backlog: ledger.Backlog, now_ms: int, slow: bool) -> bool:
    """Fire what has fallen, in the order of crossing; return whether anything was.

    `slow` ticks, one a second, judge all rules, the others those of gross alone.
    """
    due = _in_turn(screen.facts, screen.due(backlog, now_ms, slow))[:MOST_AT_ONCE]
    # The facts are up to a second old: what fires is never taken back, so the audit is asked again.
    if not due or not checks.agrees(screen.facts.campaign_id):
        return False
    for fall in due:
        with disturbing_nobody(screen.facts, fall.key):
            _fire(screen, fall, not backlog.batches, now_ms)
    screen.update(with_milestones_anew(screen.facts), now_ms)
    return True


def _in_turn(facts: Facts, due: list[Fall]) -> list[Fall]:
    """Return what falls, those last that failed before: they keep no other from its turn."""
    return sorted(due, key=lambda fall: (facts.campaign_id, fall.key) in _broken)


@contextmanager
def disturbing_nobody(facts: Facts, key: str) -> Iterator[None]:
    """Let a milestone that fails for a reason of its own keep neither frames nor others back."""
    try:
        yield
    except FORESEEN:
        raise
    except Exception:
        if (facts.campaign_id, key) not in _broken:
            log.exception("milestone failed campaign=%s key=%s", facts.slug, key)
        _broken.add((facts.campaign_id, key))


def _fire(screen: Screen, fall: Fall, confirmed: bool, now_ms: int) -> None:
    story = told(screen, fall, now_ms)
    proof = Proof(story=story, fired_ms=now_ms, confirmed=confirmed)
    failpoints.hit("pulse.before_commit")
    fired = firing.fire(fall, proof, lambda row: _posts(row, story, now_ms))
    failpoints.hit("pulse.after_commit")
    if fired:
        log.info(
            "milestone campaign=%s key=%s position=%s total=%s crossed_ms=%s late=%s",
            *(screen.facts.slug, fall.key, story.position, story.total, story.crossed_ms),
            story.late,
        )


def told(screen: Screen, fall: Fall, now_ms: int) -> Story:
    """Return the facts of a fall as they stand at `now_ms` (real time)."""
    return story_of(
        screen.facts,
        fall,
        _compared_with(screen.facts, fall),
        position=screen.cache.position,
        gross=screen.cache.sums.total["gross"],
        now_ms=now_ms,
    )


def _compared_with(facts: Facts, fall: Fall) -> Year | None:
    """Return the year that a milestone is compared with: the one it is of, or the one to beat."""
    if fall.threshold.kind == Milestone.PAST_TOTAL:
        return year_of(facts.campaign_id, fall.of)
    return facts.year


def _posts(row: Milestone, story: Story, now_ms: int) -> list[NewPost]:
    return news.posts_for(row, story, feeds.of_milestone(row), now_ms)
