"""Festivals in which everything fails that can, by the dice of a seed: R7.

Real: how milestones fire and are dated anew, the outbox, what a person may decide, the truth that
is asked for before a post goes out. Made up: the tallies (counted when a doorbell is heard), the
feeds, time. Processes die at their failpoints, or hang there while the others go on.
"""

import random
from collections import Counter
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from django.db import transaction

from dashboard.alerts import truth
from dashboard.alerts.attempt import Means
from dashboard.alerts.deliver import Delivery
from dashboard.core import posting
from dashboard.pulse import facts, firing, record
from dashboard.pulse.screen import Screen
from dashboard.store import claims, desk, marks, stop_all
from dashboard.store.decisions import Decision
from dashboard.store.ledger import Backlog
from dashboard.store.tables import Feed, Milestone, Post
from gmvboard import failpoints
from tests.alerts.fake_feed import Crash
from tests.faults.festival_feeds import Feeds
from tests.faults.recounted import Recount
from tests.pulse.fakes import FakeSource
from tests.worlds import MIDNIGHT_MS, festival

AMOUNTS = (10_000, 30_000, 60_000)
_EVALUATORS, _OUTBOXES, _STEPS = 4, ("one", "two"), 9
_DRAIN_S = 61


class Festival:
    """One festival; `faults` counts what befell it, `found` what is wrong with its posts."""

    def __init__(self, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.faults: Counter[str] = Counter()
        self.chance = random.Random(seed)
        self.now_ms = MIDNIGHT_MS + 60_000
        self.recount = Recount()
        self._source, self._frame, self._position = FakeSource(), b"", 0
        self._campaign, _ = festival(f"festival-{seed}")
        self._screens: dict[int, Screen] = {}
        self.calm, self._depth = False, 0
        for amount in AMOUNTS:
            Milestone.objects.create(campaign=self._campaign, key=f"m{amount}", amount=amount)
        self.feeds = Feeds(self, self._campaign)
        monkeypatch.setattr(failpoints, "hit", self._hit)
        monkeypatch.setattr("dashboard.store.trust.impatient", lambda: None)
        monkeypatch.setattr("dashboard.store.trust.frames.newest", lambda *_: self._frame or None)

    def run(self) -> Counter[str]:
        """Have the festival, and then calm; return what is wrong, of which there is to be none."""
        for _ in range(_STEPS):
            self._step()
        self.calm = True
        stop_all.switch(False, Decision("ann", self.now_ms))
        Feed.objects.update(stopped=False)
        for _ in range(40):
            self._pass_s(_DRAIN_S)
            self._settle()
            self._evaluate(0)
            self._decide(1.0)
            self._post("one")
            if not Post.objects.filter(state__in=_UNDER_WAY).exists():
                break
        return self._wrong()

    def _step(self) -> None:
        self._pass_s(self.chance.uniform(0.5, 15))
        for _ in range(self.chance.randint(0, 2)):
            late_s = self.chance.choice((0, 0, 1, 30))
            second = (self.now_ms - MIDNIGHT_MS) // 1000 - late_s
            self.recount.pay(self.chance.randint(1_000, 25_000), second, self.now_ms)
        heard = self.chance.choice((0, 1, 1, 2))
        self.faults["doorbells lost"] += heard == 0
        self.faults["doorbells doubled"] += heard == 2
        for _ in range(heard):
            self._settle()
        self._throw(0.04)
        self._evaluate_all()
        self._decide(0.5)
        self._post_all()
        if self.chance.random() < 0.4:
            stop_all.switch(False, Decision("ann", self.now_ms))
            Feed.objects.update(stopped=False)

    def _pass_s(self, seconds: float) -> None:
        self.now_ms += round(seconds * 1000)

    def _settle(self) -> None:
        """Count what was accepted and is not counted; done twice, it changes nothing."""
        for paid in self.recount.unsettled():
            self._source.pay(paid.amount, paid.second)
        self.recount.settle()

    def _throw(self, likely: float) -> None:
        if self.chance.random() < likely:
            self.faults["stop switches"] += 1
            if self.chance.random() < 0.5:
                stop_all.switch(True, Decision("ann", self.now_ms))
            else:
                feed = self.chance.choice(self.feeds.rows)
                Feed.objects.filter(pk=feed.pk).update(stopped=True)

    def _evaluate_all(self) -> None:
        for number in self.chance.sample(range(_EVALUATORS), _EVALUATORS):
            self._evaluate(number)

    def _evaluate(self, number: int) -> None:
        """One tick of one of the pulses; who dies over it comes back knowing nothing."""
        try:
            self._tick(number)
        except Crash:
            self._screens.pop(number, None)

    def _tick(self, number: int) -> None:
        now_ms, held = self.now_ms, self._screens.get(number)
        screen = held or Screen(facts.read(self._campaign, "1"), None, now_ms)
        self._screens[number] = screen
        if self.calm or self.chance.random() < 0.5:  # they are read once a second
            screen.update(facts.with_milestones_anew(screen.facts), now_ms)
        cache, backlog = screen.cache, self.recount.backlog(now_ms)
        changes = self._source.changes(self._campaign.pk, cache.generation, cache.position)
        screen.take(changes, self.recount.accepted, now_ms)
        record.review(screen, backlog, now_ms)
        firing.fire(screen, backlog, now_ms, slow=True)
        self._tell(screen, backlog)

    def _tell(self, screen: Screen, backlog: Backlog) -> None:
        """Publish the frame, as the leader does once the record was looked at."""
        self._frame = msgspec.json.encode(screen.next_frame(backlog, self.now_ms))
        self.recount.told = screen.cache.position

    def _post_all(self) -> None:
        for name in _OUTBOXES:
            self._post(name)

    def _post(self, name: str) -> None:
        """One round of one of the outboxes."""
        marks.give_up_dead(self.now_ms)
        marks.expire(self.now_ms)
        delivery = Delivery(name, self._means(), self.feeds.never)
        for feed_id in claims.due(self.now_ms):
            with suppress(Crash):
                while work := delivery.take(feed_id):
                    work()

    def _means(self) -> Means:
        return Means(
            services=self.feeds.services,
            account=lambda _feed_id: {},
            web=self.feeds.web,
            picture=lambda _claim: None,
            doubt=lambda claim: truth.doubt(claim.milestone_id, self.now_ms, claim.story),
            clock=lambda: self.now_ms,
        )

    def fits(self, _feed: object, _text: str) -> bool:
        """Say yes, as a judge of what a person lets out."""
        return True

    def still_true(self, post: Post) -> bool:
        """Ask what `manage.py board` asks."""
        return truth.still_true(post.milestone_id, self.now_ms, post.story)

    def _decide(self, likely: float) -> None:
        """Have a person decide what only a person can, by what is truly there."""
        by, posts = Decision("ann", self.now_ms), Post.objects.all()
        left = posts.filter(state=Post.UNKNOWN, not_before_ms=0)
        for post in left | posts.filter(state__in=(Post.PROPOSED, Post.FAILED)):
            if self.chance.random() >= likely:
                continue
            with suppress(desk.NotDone):
                if post.state != Post.UNKNOWN:
                    desk.approve(posts, post.pk, post.text, self, by)
                elif self.feeds.has(post.key):
                    desk.found(posts, post.pk, "https://feed.test/7", by)
                else:
                    desk.again(posts, post.pk, post.text, self, by)

    def _hit(self, place: str, _detail: str = "") -> None:
        """Fail at a failpoint, as the dice fall."""
        if self.calm:
            return
        die = self.chance.random()
        if die < 0.05:
            self.faults["kills"] += 1
            raise Crash(place)
        if place == "outbox.before_commit" or self._depth:  # inside a transaction, or another's
            return
        if die < 0.12:
            self._meanwhile(0)
        elif die < 0.15:
            self.faults["hangs"] += 1
            self._meanwhile(self.chance.choice((40, 100, 200)))
        self._throw(0.03)

    def _meanwhile(self, seconds: int) -> None:
        """Have this process stand still while the others go on."""
        self._depth += 1
        self.faults["overtaken"] += 1
        self._pass_s(seconds)
        self._evaluate_all()
        self._decide(0.5)
        self._post("three")
        self._depth -= 1

    def _wrong(self) -> Counter[str]:
        sent = Post.objects.filter(state=Post.SENT)
        coalesced = Post.objects.filter(notes__action=posting.COALESCED, state=Post.WITHDRAWN)
        superseded = Post.objects.filter(notes__action="superseded", state=Post.WITHDRAWN)
        over = {post.pk for some in (sent, coalesced, superseded) for post in some}
        left = [post for post in Post.objects.all() if post.pk not in over]
        # What is no longer so goes nowhere: it waits for a person, who cannot let it out either.
        lost = [post for post in left if post.state not in _HELD or self.recount.says(post)]
        self.faults["held, as it is no longer so"] += len(left) - len(lost)
        fallen = [amount for amount in AMOUNTS if amount <= self.recount.gross]
        told = Post.objects.filter(kind=Post.NEWS).count()
        self.faults["posts"] += len(self.feeds.made)
        self.faults["corrections"] += Post.objects.filter(kind=Post.CORRECTION).count()
        self.faults["left out for a higher one"] += coalesced.count()
        return Counter(
            {
                "double posts": len(self.feeds.made) - len(set(self.feeds.made)),
                "lost approved posts": len(lost) + len(fallen) * len(self.feeds.rows) - told,
                "false posts": self.feeds.false,
                "posts while stopped": self.feeds.while_stopped,
                "sent posts that are not there": sum(not self.feeds.has(one.key) for one in sent),
            }
        )


_HELD = (Post.PROPOSED, Post.UNKNOWN)
_UNDER_WAY = (Post.APPROVED, Post.SENDING, Post.UNKNOWN, Post.FAILED, Post.PROPOSED)


def held(seeds: range, monkeypatch: pytest.MonkeyPatch) -> tuple[Counter[str], Counter[str]]:
    """Have the festivals of these seeds; return what befell them, and what was wrong."""
    faults: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for seed in seeds:
        with transaction.atomic():
            one = Festival(seed, monkeypatch)
            found = one.run()
            assert not any(found.values()), (seed, found, _posts())
            transaction.set_rollback(True)
        faults += one.faults
        wrong.update(found)
    return faults, wrong


def told(faults: Counter[str], wrong: Counter[str]) -> str:
    """Return what was wrong and what befell them, in words."""
    befell = ", ".join(f"{name} {number}" for name, number in sorted(faults.items()))
    return f"{', '.join(f'{number} {name}' for name, number in wrong.items())}; {befell}"


def _posts() -> list[Any]:
    return [
        (
            post.pk,
            post.kind,
            post.state,
            list(post.notes.values_list("action", flat=True)),
        )
        for post in Post.objects.all()
    ]
