"""What a person does to a post: one conditional update, and a note of it beside it (S24).

A person sees a page that is a moment old, so each act says what it was decided on, and is refused,
in words, where that is no longer so. The outbox moves posts as well, at any instant: the row is
locked, and changed only from the state that was looked at.
"""

from typing import Any, Protocol
from unicodedata import category
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import QuerySet

from dashboard.store.decisions import Decision
from dashboard.store.tables import Feed, Post, PostNote

GONE, STATE, CHANGED, EXPIRED = "gone", "state", "changed", "expired"
LOOKING = "looking"
EMPTY, TOO_LONG, UNTRUE, ADDRESS, REASON = "empty", "too_long", "untrue", "address", "reason"
CONTROL = "control"
# The action of a note: an unknown one that a person has looked at, and nothing is to be done.
LEFT = "left alone"
_APPROVED_FROM = (Post.PROPOSED, Post.FAILED)
_EDITED_FROM = (Post.PROPOSED, Post.APPROVED, Post.FAILED)
_MOST_REASON, _MOST_ADDRESS = 300, 500

Posts = QuerySet[Post]


class Judge(Protocol):
    """What is asked before a post is let out."""

    def fits(self, feed: Feed, text: str) -> bool:
        """Return whether the feed's service takes so long a text."""

    def still_true(self, post: Post) -> bool:
        """Return whether what a post tells is so by the record of now."""


class NotDone(Exception):
    """Nothing was changed. `why` is a name of above; `state` that of the post now, "" without one.

    The message says it for a person.
    """

    def __init__(self, why: str, message: str, state: str = "") -> None:
        super().__init__(message)
        self.why, self.state = why, state


def approve(posts: Posts, pk: int, seen: str, judge: Judge, by: Decision) -> None:
    """Let a post go out: one that is proposed, or failed and may be tried again.

    `seen` is the text that was approved: another one stands for another approval. Raises `NotDone`.
    """
    _judged(_shown(posts, pk, *_APPROVED_FROM), seen, judge, by)
    _approve(posts, pk, seen, by)


@transaction.atomic
def edit(posts: Posts, pk: int, seen: str, text: str, judge: Judge, by: Decision) -> None:
    """Give a post other words, in place of those `seen`; it is to be approved again.

    What was frozen to be sent is forgotten; the note keeps the old words. Raises `NotDone`.
    """
    post = _taken(posts, pk, *_EDITED_FROM)
    _same(post, seen)
    _words("text", text, EMPTY, post.state)
    _fits(post, text, judge)
    _move(post, by, "edited", text=text, state=Post.PROPOSED, request=None)


def edit_and_approve(
    posts: Posts, pk: int, seen: str, text: str, judge: Judge, by: Decision
) -> None:
    """Give a post other words and let it go out with them, or neither. Raises `NotDone`."""
    _judged(_shown(posts, pk, *_EDITED_FROM), seen, judge, by)
    with transaction.atomic():
        edit(posts, pk, seen, text, judge, by)
        _approve(posts, pk, text, by)


@transaction.atomic
def hold(posts: Posts, pk: int, by: Decision) -> None:
    """Take an approval back, in time. Raises `NotDone`."""
    _move(_taken(posts, pk, Post.APPROVED), by, "held", state=Post.PROPOSED)


@transaction.atomic
def withdraw(posts: Posts, pk: int, reason: str, by: Decision) -> None:
    """Decide that a post never goes out, and why. Raises `NotDone`."""
    post = _taken(posts, pk, Post.PROPOSED, Post.APPROVED, Post.FAILED)
    _words("reason", reason, REASON, post.state)
    told = {"reason": reason.strip()[:_MOST_REASON]}
    _move(post, by, "withdrawn", told, state=Post.WITHDRAWN)


@transaction.atomic
def found(posts: Posts, pk: int, address: str, by: Decision) -> None:
    """Decide of an unknown one that it is there, at `address`, if it has one. Raises `NotDone`.

    What a group's robot or a letter says has no address.
    """
    post = _taken(posts, pk, Post.UNKNOWN)
    if address.strip() and not _is_of_the_web(address.strip()):
        raise NotDone(ADDRESS, "address: expected that of the post, https://…, or none", post.state)
    sent_ms = post.sent_ms or by.at_ms  # the outbox noted when it may have gone out
    told = {"remote_url": address.strip(), "sent_ms": sent_ms, "error": ""}
    _move(post, by, "found", state=Post.SENT, **told)


def again(posts: Posts, pk: int, seen: str, judge: Judge, by: Decision) -> None:
    """Decide of an unknown one that it is not there, and is sent again. Raises `NotDone`.

    Not while the outbox still looks for it: who looks a second after a time-out looks too early.
    """
    _judged(_shown(posts, pk, Post.UNKNOWN), seen, judge, by)
    with transaction.atomic():
        post = _taken(posts, pk, Post.UNKNOWN)
        _same(post, seen)
        if post.not_before_ms:
            raise NotDone(LOOKING, "the outbox still looks whether it is there", post.state)
        _move(post, by, "sent again", state=Post.APPROVED, not_before_ms=0, error="")


@transaction.atomic
def leave(posts: Posts, pk: int, by: Decision) -> None:
    """Decide of an unknown one that it is left at that: nobody looks for it. Raises `NotDone`."""
    _move(_taken(posts, pk, Post.UNKNOWN), by, LEFT, not_before_ms=0)


@transaction.atomic
def _approve(posts: Posts, pk: int, seen: str, by: Decision) -> None:
    post = _taken(posts, pk, *_APPROVED_FROM)
    _same(post, seen)
    _move(post, by, "approved", state=Post.APPROVED, not_before_ms=0, error="")


def _taken(posts: Posts, pk: int, *states: str) -> Post:
    """Return a post of these states, locked."""
    return _shown(posts.select_for_update(of=("self",)), pk, *states)


def _shown(posts: Posts, pk: int, *states: str) -> Post:
    """Return a post of these states."""
    post = posts.filter(pk=pk).first()
    if post is None:
        raise NotDone(GONE, "there is no such post here")
    if post.state not in states:
        raise _meanwhile(post.state)
    return post


def _words(name: str, text: str, without: str, state: str) -> None:
    """Ask for words, in lines maybe: PostgreSQL keeps no NUL, and nobody sees what controls."""
    if not text.strip():
        raise NotDone(without, f"{name}: expected words", state)
    if any(category(char) in {"Cc", "Cs"} and char not in "\r\n\t" for char in text):
        raise NotDone(CONTROL, f"{name}: expected words without control characters", state)


def _is_of_the_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:  # an open bracket, or a character that stands for another one
        return False
    shown = address.isprintable() and len(address) <= _MOST_ADDRESS
    return shown and parts.scheme in {"http", "https"} and bool(parts.netloc)


def _meanwhile(state: str) -> NotDone:
    return NotDone(STATE, f"the post is {state} now", state)


def _same(post: Post, seen: str) -> None:
    if post.text != seen:
        raise NotDone(CHANGED, "somebody has changed the words meanwhile", post.state)


def _judged(post: Post, seen: str, judge: Judge, by: Decision) -> None:
    """Ask, before any row is locked, whether a post may go out; whoever sends it asks again."""
    _same(post, seen)
    if post.expires_ms <= by.at_ms:
        raise NotDone(EXPIRED, "it is too late for this post", post.state)
    _fits(post, post.text, judge)
    if not judge.still_true(post) or _corrects_nothing(post):
        raise NotDone(UNTRUE, "the figures do not bear it out now", post.state)


def _corrects_nothing(post: Post) -> bool:
    """Return whether it corrects a post that is not out, and nobody can say that it may be."""
    return post.corrects is not None and post.corrects.state not in (Post.SENT, Post.UNKNOWN)


def _fits(post: Post, text: str, judge: Judge) -> None:
    if not judge.fits(post.feed, text):
        raise NotDone(TOO_LONG, "text: expected no more than the service takes", post.state)


def _move(post: Post, by: Decision, action: str, told: Any = None, /, **changes: Any) -> None:
    """Change a post from the state it was looked at in, and write it down."""
    unmoved = Post.objects.filter(pk=post.pk, state=post.state, text=post.text)
    if unmoved.update(**changes) != 1:
        raise _meanwhile(Post.objects.values_list("state", flat=True).get(pk=post.pk))
    kept = [name for name in changes if name in {"state", "text", "remote_url"}]
    before = {name: getattr(post, name) for name in kept}
    _note(post, by, action, before, {name: changes[name] for name in kept} | (told or {}))


def _note(post: Post, by: Decision, action: str, before: Any, after: Any) -> None:
    who = by.by[:150]
    PostNote.objects.create(
        post=post, at_ms=by.at_ms, by=who, action=action, before=before, after=after
    )
