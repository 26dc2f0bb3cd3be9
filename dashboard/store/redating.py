"""When the record of a milestone changes: its facts, its note, and what was or will be posted."""

from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec
from django.db import transaction

from dashboard.core.posting import RECORD
from dashboard.core.story import Story
from dashboard.store import outbox
from dashboard.store.outbox import NewPost
from dashboard.store.post_notes import note
from dashboard.store.tables import Milestone, MilestoneNote, Post, PostNote

REDATED, RENEWED, UNDERCUT, RESTORED = "re-dated", "renewed", "undercut", "restored"

_TO_COME = (Post.PROPOSED, Post.APPROVED, Post.FAILED)
_TOLD = (Post.SENT, Post.SENDING, Post.UNKNOWN)


class Words(Protocol):
    """What the words of posts are asked of."""

    def anew(self, row: Milestone, after: Story, post: Post) -> str | None:
        """Return the words of a post by the facts as they are; None: it says nothing else."""
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
        rows = Milestone.objects.select_for_update(of=("self",))
        row = rows.filter(pk=milestone_id, crossed_ms=was_ms).first()
        if row is None:
            return ""
        before = msgspec.convert(row.facts, Story) if row.facts else None
        after = renewed(before)
        was = _told_of(row)
        row.crossed_ms, row.total = after.crossed_ms, after.total
        row.facts = msgspec.to_builtins(after)
        row.save(update_fields=["crossed_ms", "total", "facts"])
        what = _what(before, after, was_ms)
        noted = MilestoneNote.objects.create(
            milestone=row, at_ms=at_ms, what=what, before=was, after=_told_of(row)
        )
        _change_posts(row, after, words, noted.pk, at_ms)
    return what


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
    for post in posts.filter(kind=Post.CORRECTION, state__in=_TO_COME):
        _move(post, "superseded", at_ms, state=Post.WITHDRAWN)
    for post in posts.filter(kind=Post.NEWS, state__in=_TO_COME):
        if after.undercut:
            _move(post, "undercut", at_ms, state=Post.PROPOSED)
        elif (text := words.anew(row, after, post)) is not None:
            fields = {"text": text, "story": msgspec.to_builtins(after), "request": None}
            _move(post, "reworded", at_ms, state=_reworded(post), **fields)
    told = list(posts.filter(state__in=_TOLD, kind__in=(Post.NEWS, Post.CORRECTION)))
    outbox.propose(words.corrections(row, after, told, note_id), at_ms)


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
