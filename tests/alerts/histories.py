"""Every history of a post: each way that each attempt, look and decision of a person can end.

Walked as a tree over the real outbox: each branch begins from the database as its parent left it.
A person always decides by what is truly there.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import product
from typing import Any, cast, get_args

from django.db import transaction

from dashboard.alerts.web import Later, Refused, Unknown
from dashboard.store import desk, marks
from dashboard.store.decisions import Decision
from dashboard.store.tables import Post
from gmvboard.failpoints import PLACES
from tests.alerts.delivering import World
from tests.alerts.fake_feed import Crash, Ending, FakeFeed
from tests.posts import feed, post

OUTBOX_PLACES = tuple(one for one in PLACES if one.startswith("outbox."))
_STOPPED, _LOOK_FAILS = "stop switch", "look fails"
EVENTS = (*get_args(Ending), *OUTBOX_PLACES, _STOPPED, _LOOK_FAILS)

# Feeds by what they promise; what is late is so by half a minute (H26).
FEEDS: dict[str, dict[str, Any]] = {
    "a feed without keys or a timeline": {"find": False},
    "a feed without keys": {"late_ms": 30_000},
    "a feed with late keys and no timeline": {"keys": True, "late_ms": 30_000, "find": False},
    "a feed with late keys": {"keys": True, "late_ms": 30_000},
}


class Anybody:
    """A person who lets everything out."""

    def fits(self, _feed: object, _text: str) -> bool:
        """Say yes."""
        return True

    def still_true(self, _post: object) -> bool:
        """Say yes."""
        return True


class Histories:
    """Walks all of up to `depth` events; `ends` counts how they ended, `most` is how many posts."""

    def __init__(self, world: World, depth: int) -> None:
        self.ends: Counter[str] = Counter()
        self.most = 0
        self._world, self._depth = world, depth
        self._post = post(feed())

    @property
    def number(self) -> int:
        """How many there are."""
        return sum(self.ends.values())

    def __str__(self) -> str:
        return f"{self.number} histories, {self.most} post at most {dict(self.ends)}"

    def walk(self, past: tuple[str, ...] = ()) -> None:
        """Go on from here, in every way."""
        state, posts = self._until_due(), len(self._world.feed.posts)
        self.most = max(self.most, posts)
        assert posts <= 1, past
        assert state != Post.SENT or posts == 1, past
        assert state != Post.FAILED or not posts, past
        if state in {Post.SENT, Post.FAILED} or len(past) == self._depth:
            self.ends[state] += 1
            return
        for event in EVENTS:
            if not self._branch(past, event):
                break

    def _branch(self, past: tuple[str, ...], event: str) -> bool:
        """Have `event` happen next, walk on, come back; False where there was nothing to it."""
        world = self._world
        before = transaction.savepoint(), world.now_ms, list(world.feed.posts)
        happened = self._happens(event)
        self.walk((*past, event) if happened else past)
        transaction.savepoint_rollback(before[0])
        world.now_ms, world.feed.posts = before[1:]
        return happened

    def _happens(self, event: str) -> bool:
        """Do what is due, `event` befalling it; False where it was not asked, or ended before."""
        world, looked = self._world, self._world.feed.looked
        world.dies_at = event if event in OUTBOX_PLACES else ""
        world.stops = event == _STOPPED
        world.feed.looks_fail = event == _LOOK_FAILS
        world.feed.endings = [cast("Ending", event)] if event in get_args(Ending) else []
        world.step()
        if event == _LOOK_FAILS:
            return world.feed.looked > looked
        return not (world.feed.endings or world.dies_at or world.stops)

    def _until_due(self) -> str:
        """Let time pass until something is due; a person decides where nothing else would."""
        row, world = self._post, self._world
        row.refresh_from_db()
        if row.state == Post.SENDING:
            world.now_ms = row.lease_until_ms
            marks.give_up_dead(world.now_ms)
            return self._until_due()
        if row.state == Post.UNKNOWN and not row.not_before_ms:
            self._decide()
            return self._until_due()
        world.now_ms = max(world.now_ms, row.not_before_ms, row.feed.not_before_ms)
        return str(row.state)

    def _decide(self) -> None:
        by, posts = Decision("ann", self._world.now_ms), Post.objects.all()
        if self._world.feed.posts:
            desk.found(posts, self._post.pk, "https://feed.test/7", by)
        else:
            desk.again(posts, self._post.pk, self._post.text, Anybody(), by)


@contextmanager
def quiet() -> Iterator[None]:
    """Have nothing logged: every one of thousands of steps would be."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def retried_on_anything(depth: int) -> tuple[int, int]:
    """Return how many histories there are, and the most posts, of an outbox that knows no rules.

    It sends again after whatever is no success, to a feed without keys, `depth` times at most.
    """
    number = most = 0
    for endings in product(get_args(Ending), repeat=depth):
        feed = FakeFeed(lambda: 0)
        feed.endings = list(endings)
        number += 1
        for _ in endings:
            with suppress(Crash, Later, Refused, Unknown):
                if feed.publish("POST", "", json={"key": "", "text": ""}).body == b'{"id": 7}':
                    break
        most = max(most, len(feed.posts))
    return number, most
