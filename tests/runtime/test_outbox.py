"""The loop of `manage.py outbox`, with threads, on a fake feed."""

import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from dashboard.alerts.attempt import Means
from dashboard.alerts.deliver import Delivery
from dashboard.runtime import outbox
from dashboard.runtime.outbox import Outbox
from dashboard.store import claims
from dashboard.store.tables import Post
from gmvboard.clock import now_ms
from tests.alerts.fake_feed import FakeFeed
from tests.path.watching import until
from tests.posts import feed, post, states

pytestmark = pytest.mark.django_db(transaction=True)

LONG_MS = 10**15


class Slow(FakeFeed):
    """A feed that answers once it is `open`; `asked_first` tells that it was asked."""

    def __init__(self) -> None:
        super().__init__(now_ms)
        self.open, self.asked_first = threading.Event(), threading.Event()

    def publish(self, method: str, url: str, **request: Any) -> Any:
        self.asked_first.set()
        assert self.open.wait(30)
        return super().publish(method, url, **request)


def outbox_of(**feeds: FakeFeed) -> tuple[Outbox, threading.Event]:
    """Return an outbox that reaches these feeds, each by a service of its name, and its end."""
    means = Means(
        services={name: one.service() for name, one in feeds.items()},
        account=lambda _feed_id: {},
        web=lambda service: next(one for name, one in feeds.items() if service == made[name]),
        picture=lambda _claim: None,
        doubt=lambda _claim: "",
        clock=now_ms,
    )
    made, stopping = means.services, threading.Event()
    return Outbox(Delivery("me", means, stopping), stopping), stopping


def due(service: str) -> Post:
    """Return a post that is due on a feed of its own."""
    return post(feed(service=service), expires_ms=LONG_MS)


def test_a_slow_feed_holds_up_no_other_and_has_one_request_at_a_time() -> None:
    slow, fast = Slow(), FakeFeed(now_ms)
    box, _ = outbox_of(slow=slow, fast=fast)
    first, other = due("slow"), due("fast")
    second = post(first.feed, expires_ms=LONG_MS)
    box.round()
    until(lambda: states(other) == [Post.SENT] and slow.asked_first.is_set())
    box.round()
    assert states(first, second) == [Post.SENDING, Post.APPROVED]
    slow.open.set()
    until(lambda: states(first) == [Post.SENT])


def test_told_to_end_it_sees_out_what_is_under_way() -> None:
    slow = Slow()
    box, stopping = outbox_of(slow=slow)
    first = due("slow")
    running = threading.Thread(target=box.run, args=(lambda: 30.0,))
    running.start()
    assert slow.asked_first.wait(30)
    stopping.set()
    slow.open.set()
    running.join()
    assert states(first) == [Post.SENT]


def test_what_is_not_over_in_time_is_left_to_its_lease() -> None:
    slow = Slow()
    box, stopping = outbox_of(slow=slow)
    first = due("slow")
    running = threading.Thread(target=box.run, args=(lambda: 0.0,))
    running.start()
    assert slow.asked_first.wait(30)
    stopping.set()
    running.join()
    assert states(first) == [Post.SENDING]
    slow.open.set()
    until(lambda: states(first) == [Post.SENT])


def test_a_database_that_is_away_does_not_end_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fast, real, away = FakeFeed(now_ms), claims.due, [3]

    def tried(at_ms: int) -> list[int]:
        away[0] -= 1
        if away[0] > 0:
            raise DatabaseError("away")
        return real(at_ms)

    monkeypatch.setattr(claims, "due", tried)
    monkeypatch.setattr("dashboard.pulse.trouble.FIRST_SECONDS", 0.0)
    box, stopping = outbox_of(fast=fast)
    first = due("fast")
    running = threading.Thread(target=box.run, args=(lambda: 30.0,))
    running.start()
    until(lambda: states(first) == [Post.SENT])
    stopping.set()
    running.join()
    told = [one for one in caplog.messages if one.startswith("outbox fails")]
    assert told == ["outbox fails, tried again until it works error=DatabaseError: away"]


def test_with_nothing_to_do_a_round_is_one_query() -> None:
    box, _ = outbox_of()
    box.round()
    with CaptureQueriesContext(connection) as asked:
        for _ in range(outbox._SWEEP_EVERY - 1):
            box.round()
    assert len(asked) == outbox._SWEEP_EVERY - 1
