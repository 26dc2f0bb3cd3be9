"""When the record of a milestone changes: its facts, its note, and what was or will be posted."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import msgspec
from django.db import transaction
from django.db.models import Q

from dashboard.core.posting import RECORD, UNTRUE
from dashboard.core.story import Story
from dashboard.store import outbox
from dashboard.store.outbox import NewPost
from dashboard.store.post_notes import note
from dashboard.store.tables import Milestone, MilestoneNote, Post, PostNote

REDATED, RENEWED, UNDERCUT, RESTORED = "re-dated", "renewed", "undercut", "restored"

_TO_COME = (Post.PROPOSED, Post.APPROVED, Post.FAILED)
TOLD = (Post.SENT, Post.SENDING, Post.UNKNOWN)
_NOT_TOLD = (*_TO_COME, Post.EXPIRED, Post.WITHDRAWN)


class Words(Protocol):
    """What the words of posts are asked of."""

    def anew(self, row: Milestone, after: Story, post: Post) -> NewPost | None:
        """Return a post by the facts as they are; None: it says nothing else."""
        ...

    def corrections(
        self, row: Milestone, after: Story, told: Sequence[Post], note_id: int
    ) -> Sequence[NewPost]:
        """Return what is proposed to correct posts that are out, or may be."""
        ...


def record(
    milestone_id: int,
    was_ms: int,
    renewed: Callable[[Story | None], Story],
    words: Words,
    at_ms: int,
) -> str:
    """Put down what a milestone that fell at `was_ms` (campaign time) is told with now.

    `renewed` is given the facts on record. It never un-fires. Returns what is noted; "" where
    somebody else put it down. `at_ms` is real time.
    """
    with transaction.atomic():
        row = _locked(milestone_id, crossed_ms=was_ms)
        if row is None:
            return ""
        before, was = _facts(row), _told_of(row)
        after = renewed(before)
        row.crossed_ms, row.total = after.crossed_ms, after.total
        row.facts = msgspec.to_builtins(after)
        row.save(update_fields=["crossed_ms", "total", "facts"])
        what = _what(before, after, was_ms)
        noted = MilestoneNote.objects.create(
            milestone=row, at_ms=at_ms, what=what, before=was, after=_told_of(row)
        )
        _change_posts(row, after, words, noted.pk, at_ms)
    return what


def doubted(campaign_id: int, now_ms: int) -> list[Post]:
    """Return posts that the record may have left behind, with their milestone at hand.

    Those that came back, untrue or refused, in time for `now_ms` (real time), and corrections of
    what was not posted after all.
    """
    corrects_nothing = Q(kind=Post.CORRECTION, state__in=_TO_COME, corrects__state__in=_NOT_TOLD)
    posts = Post.objects.select_related("milestone", "corrects")
    found = posts.filter(campaign_id=campaign_id, milestone__isnull=False)
    back = Q(state=Post.PROPOSED, error=UNTRUE) | Q(state=Post.FAILED)
    return list(found.filter(corrects_nothing | back, expires_ms__gt=now_ms))


@transaction.atomic
def catch_up(milestone_id: int, words: Words, at_ms: int) -> None:
    """Have the posts of a milestone say what is on record of it; `at_ms` is real time."""
    row = _locked(milestone_id, crossed_ms__isnull=False)
    facts = _facts(row) if row else None
    last = MilestoneNote.objects.filter(milestone_id=milestone_id).last()
    if row and facts and last:
        _change_posts(row, facts, words, last.pk, at_ms)


def _locked(milestone_id: int, **asked: Any) -> Milestone | None:
    rows = Milestone.objects.select_for_update(of=("self",))
    return rows.filter(pk=milestone_id, **asked).first()


def _facts(row: Milestone) -> Story | None:
    return msgspec.convert(row.facts, Story) if row.facts else None


def _told_of(row: Milestone) -> dict[str, int | bool | None]:
    facts = row.facts or {}
    known = {name: facts[name] for name in ("value", "undercut") if facts.get(name)}
    return {"crossed_ms": row.crossed_ms, "total": row.total} | known


def _what(before: Story | None, after: Story, was_ms: int) -> str:
    if after.undercut:
        return UNDERCUT
    if before is not None and before.undercut:
        return RESTORED
    return REDATED if after.crossed_ms != was_ms else RENEWED


def _change_posts(row: Milestone, after: Story, words: Words, note_id: int, at_ms: int) -> None:
    """Let no post go out that says what is no longer so, and propose to correct those that did."""
    posts = Post.objects.select_related("feed").filter(milestone=row).order_by("pk")
    for post in posts.filter(kind=Post.NEWS, state__in=_TO_COME):
        if after.undercut:
            _move(post, "undercut", at_ms, state=Post.PROPOSED)
        elif (new := words.anew(row, after, post)) is not None:
            _reword(post, new, _reworded(post), at_ms)
    told = list(posts.filter(state__in=TOLD, kind__in=(Post.NEWS, Post.CORRECTION)))
    waiting = list(posts.filter(kind=Post.CORRECTION, state__in=_TO_COME))
    _correct(waiting, words.corrections(row, after, told, note_id), at_ms)


def _correct(waiting: Sequence[Post], wanted: Sequence[NewPost], at_ms: int) -> None:
    """Propose the corrections wanted, one a feed: those that wait get their words, or give way."""
    for one in wanted:
        mine = [post for post in waiting if post.feed_id == one.feed_id]
        if mine:
            renewed = max(mine, key=lambda post: (post.corrects_id == one.corrects_id, post.pk))
            waiting = [post for post in waiting if post != renewed]
            _renew(renewed, one, at_ms)
        else:
            outbox.propose([one], at_ms)
    for post in waiting:
        _move(post, "superseded", at_ms, state=Post.WITHDRAWN)


def _renew(post: Post, new: NewPost, at_ms: int) -> None:
    """Have a correction that waits be `new`: where the words are the same, as far as it is."""
    about = {"corrects_id": new.corrects_id, "link": new.link}
    if post.text != new.text:
        _reword(post, new, Post.PROPOSED, at_ms, expires_ms=new.expires_ms, **about)
    else:
        same = Post.objects.filter(pk=post.pk, state=post.state, text=post.text)
        same.update(story=new.story, request=None, **about)


def _reword(post: Post, new: NewPost, state: str, at_ms: int, **changes: Any) -> None:
    """Give a post the words of `new`, and the facts that they are made of."""
    error = "" if post.error == UNTRUE else post.error
    said = {"text": new.text, "alt": new.alt, "story": new.story, "error": error, "request": None}
    _move(post, "reworded", at_ms, state, **said, **changes)


def _reworded(post: Post) -> str:
    """Return the state of a post whose words are others: what a person approved, they see again."""
    seen = PostNote.objects.filter(post=post, action="approved").exists()
    return Post.PROPOSED if seen or post.state == Post.FAILED else post.state


def _move(post: Post, action: str, at_ms: int, state: str, **changes: object) -> None:
    """Change a post, unless the outbox took it meanwhile: then it asks again before it sends."""
    unmoved = Post.objects.filter(pk=post.pk, state=post.state, text=post.text)
    if unmoved.update(state=state, **changes):
        was = post.text if "text" in changes else ""
        note(post, action, state, at_ms, RECORD, was=was, text=changes.get("text", ""))
