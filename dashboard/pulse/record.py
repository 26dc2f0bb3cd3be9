"""What is on record is held against the figures: a milestone is re-dated, never un-fired."""

import logging
from collections.abc import Sequence

import msgspec

from dashboard.alerts import news
from dashboard.core.fall import Fall
from dashboard.core.milestones import Threshold
from dashboard.core.story import Story
from dashboard.pulse.facts import with_milestones_anew
from dashboard.pulse.firing import disturbing_nobody, told
from dashboard.pulse.screen import Screen
from dashboard.store import ledger, redating
from dashboard.store.outbox import NewPost
from dashboard.store.tables import Milestone, Post

log = logging.getLogger(__name__)

# What a story is told anew of; the rest is as it was when the milestone fell.
_MOVES = ("start_ms", "end_ms", "crossed_ms", "precise", "position", "year_to_now")


def review(screen: Screen, backlog: ledger.Backlog, now_ms: int) -> None:
    """Put down what a late event, a rebuild or an edited window changed of what has fallen."""
    moved = screen.moved(backlog, now_ms)
    for threshold, fall in moved:
        with disturbing_nobody(screen.facts, threshold.key):
            _put_down(screen, threshold, fall, now_ms)
    if moved:
        screen.update(with_milestones_anew(screen.facts), now_ms)
    for post in redating.doubted(screen.facts.campaign_id, now_ms):
        with disturbing_nobody(screen.facts, f"post {post.pk}"):
            _catch_up(post, now_ms)


def _catch_up(post: Post, now_ms: int) -> None:
    """Have a milestone's posts say what is on record, where it changed while one was sent."""
    if post.milestone is None or post.milestone.facts is None:
        return
    story = msgspec.convert(post.milestone.facts, Story)
    corrects_nothing = post.corrects is not None and post.corrects.state not in redating.TOLD
    undone = story.undercut and post.kind == Post.NEWS  # a person withdraws it
    if corrects_nothing or not (undone or news.still_true(post.story, story)):
        redating.catch_up(post.milestone.pk, _Words(now_ms), now_ms)


def _put_down(screen: Screen, threshold: Threshold, fall: Fall | None, now_ms: int) -> None:
    def renewed(before: Story | None) -> Story:
        if fall is None:
            found = before or told(screen, _as_recorded(threshold), now_ms)
            return msgspec.structs.replace(found, undercut=True)
        return _renewed(before, told(screen, fall, now_ms), fall)

    was_ms = threshold.crossing.ms
    what = redating.record(threshold.id, was_ms, renewed, _Words(now_ms), now_ms)
    if what:
        now = "-" if fall is None else fall.when.ms
        where = (what, screen.facts.slug, threshold.key, was_ms, now)
        log.warning("milestone %s campaign=%s key=%s crossed_ms=%s now_ms=%s", *where)


def _as_recorded(threshold: Threshold) -> Fall:
    when, total = threshold.crossing, threshold.total
    return Fall(threshold=threshold, when=when, key=threshold.key, of=threshold.of, total=total)


def _renewed(before: Story | None, found: Story, fall: Fall) -> Story:
    """Return the facts on record with what has changed of them."""
    if before is None:
        return found
    moves = {name: getattr(found, name) for name in _MOVES}
    if fall.total is not None:
        moves["total"] = fall.total
    if fall.of_then:
        moves["value"] = fall.value
    return msgspec.structs.replace(before, undercut=False, **moves)


class _Words:
    """The words of posts, as of `now_ms` (real time)."""

    def __init__(self, now_ms: int) -> None:
        self._now_ms = now_ms

    def anew(self, row: Milestone, after: Story, post: Post) -> NewPost | None:
        """Return a post by the facts as they are; None: it says nothing else."""
        if news.still_true(post.story, after):
            return None
        (found,) = news.posts_for(row, after, [post.feed], self._now_ms, post.link)
        return found

    def corrections(
        self, row: Milestone, after: Story, told: Sequence[Post], note_id: int
    ) -> list[NewPost]:
        """Return what corrects posts."""
        return news.correction_for(row, after, told, note_id, self._now_ms)
