"""Operators are told of what is wrong once, and once that it is over."""

import threading
from collections.abc import Callable

import pytest
from django.db import OperationalError, connections

from dashboard.alerts import alarm_words
from dashboard.alerts.operators import Watch
from dashboard.core.operator_alarms import CLEAR_MS, KINDS, Alarm, Sight
from dashboard.runtime import watchman
from dashboard.store import leases
from dashboard.store.alarms import Raised
from dashboard.store.tables import Feed, Lease, OperatorAlarm, Post
from tests.alerts import delivering
from tests.worlds import festival

pytestmark = pytest.mark.django_db(transaction=True)


class World:
    """What there is to be seen, second after second, and a clock that follows."""

    def __init__(self) -> None:
        self.held: dict[Alarm, str] = {}
        self.now_ms = 1_000_000

    def see(self, _now_ms: int) -> Sight:
        return Sight(dict(self.held))

    def watch(self) -> Watch:
        return Watch(self.see)

    def look(self, watch: Watch, seconds: int) -> None:
        for _ in range(seconds):
            self.now_ms += 1_000
            watch.look(self.now_ms)


def operators(name: str = "ops", **fields: object) -> Feed:
    return Feed.objects.create(name=name, audience=Feed.OPERATORS, **fields)


def posts() -> list[tuple[str, str]]:
    return list(Post.objects.order_by("pk").values_list("feed__name", "text"))


def test_once_with_the_all_clear_and_a_restart_in_between_tells_nothing_again() -> None:
    world, campaign = World(), festival()[0]
    operators(), operators("chinese", lang="zh-hans", campaign=campaign)
    world.held = {Alarm("backlog", campaign.pk): "14"}
    world.look(world.watch(), 20)
    world.look(world.watch(), 20)
    world.held = {}
    watch = world.watch()
    world.look(watch, 20)
    world.look(world.watch(), 60)
    assert posts() == [
        ("ops", "Alarm festival: the oldest event not counted is 14 s old"),
        ("chinese", "报警 festival：最早未计入的事件已等待 14 秒"),
        ("ops", "All clear festival: counting has caught up (after 0:01:25)"),
        ("chinese", "解除 festival：计数已跟上（历时 0:01:25）"),
    ]


def test_its_posts_go_out_at_once_and_are_of_no_use_later() -> None:
    world = World()
    feed = operators(holding_s=60, approval=Feed.ASK, expires_s=600)
    world.held = {Alarm("reconcile", festival()[0].pk): "minute 2012-11-10T16:00:00Z"}
    world.look(world.watch(), 1)
    post = Post.objects.get()
    assert (post.feed, post.state, post.kind) == (feed, Post.APPROVED, Post.ALARM)
    assert post.not_before_ms <= world.now_ms
    assert post.expires_ms == world.now_ms + 600_000
    assert post.occasion == f"alarm:{OperatorAlarm.objects.get().pk}"


def test_a_feed_is_not_told_of_its_own_refusals() -> None:
    world, mute, other = World(), operators("mute"), operators("other")
    world.held = {Alarm(f"feed:{mute.pk}"): "mute: 403"}
    world.look(world.watch(), 1)
    assert posts() == [(other.name, "Alarm: feed needs a person: mute: 403")]


def test_several_watches_at_once_tell_it_once() -> None:
    world, watches = World(), 4
    operators()
    world.held = {Alarm("disk"): "200"}
    all_of_them = [world.watch() for _ in range(watches)]
    for _ in range(4):  # not yet time to tell
        for watch in all_of_them:
            watch.look(world.now_ms)
        world.now_ms += 1_000
    world.now_ms += 5_000

    def looks(watch: Watch) -> None:
        world.look(watch, 1)
        connections.close_all()

    threads = [threading.Thread(target=looks, args=(one,)) for one in all_of_them]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [text for _, text in posts()] == ["Alarm: the disk is nearly full, 200 MiB left"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["en", "zh-hans"])
def test_every_kind_has_words_that_fit_into_the_shortest_post(kind: str, lang: str) -> None:
    about = Alarm(kind, 1)
    for detail in ("", "one detail", "x" * 300):
        raised = Raised(id=1, about=about, campaign="double11", detail=detail, raised_ms=0)
        texts = alarm_words.alarm(raised, lang), alarm_words.all_clear(raised, 3_700, lang)
        assert all(len(text) <= 140 and "{" not in text for text in texts)
        assert not texts[0].endswith((":", "：", " "))
        assert "1:01:40" in texts[1]


class Seconds(threading.Event):
    """Stands for the event that ends the loop: lets so many looks pass, a second each."""

    def __init__(self, count: int, pass_: Callable[[], None]) -> None:
        super().__init__()
        self.left, self.pass_ = count, pass_

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        self.pass_()
        return self.left < 0


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(watchman, "now_ms", lambda: world.now_ms)
    return world


def work(world: World, seconds: int, holder: str = "me") -> None:
    def one_passes() -> None:
        world.now_ms += 1_000

    watchman.work(holder, Seconds(seconds, one_passes), world.watch)


def test_the_loop_tells_it_once_and_its_end_whoever_leads(world: World) -> None:
    operators()
    world.held = {Alarm("redis"): "ConnectionError"}
    work(world, 40, "one")
    work(world, 40, "another")
    world.held = {}
    work(world, CLEAR_MS // 1000 + 10, "a third")
    assert [text.partition(":")[0] for _, text in posts()] == ["Alarm", "All clear"]
    assert Lease.objects.get(name="watchman").until_ms == 0


def test_through_the_outbox_both_reach_the_feed_once_though_all_processes_change(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox = delivering.World(monkeypatch)
    operators(service="fake", dry_run=False, approval=Feed.ASK, gap_s=600, cap_an_hour=1)
    outbox.feed.endings = ["no connection", "429"]
    for held in ({Alarm("redis"): "ConnectionError"}, {}):
        world.held = held
        for life in range(5):
            work(world, 40, f"watch {life}")
            outbox.now_ms = world.now_ms
            outbox.step(f"outbox {life}")
    assert [text for _, _, text in outbox.feed.posts] == [
        "Alarm: Redis does not answer: ConnectionError",
        "All clear: Redis answers (after 0:03:40)",
    ]


def test_who_does_not_lead_tells_nothing(world: World) -> None:
    operators()
    world.held = {Alarm("disk"): "1"}
    leases.take("watchman", "another", world.now_ms, 60_000)
    work(world, 30)
    assert posts() == []


def test_a_database_that_is_away_does_not_end_it(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    operators()
    world.held = {Alarm("disk"): "1"}
    take, calls = leases.take, iter(range(1_000))

    def now_and_then(*claim: object) -> bool:
        if next(calls) in range(2, 5):
            raise OperationalError("away")
        return take(*claim)  # type: ignore[arg-type]

    monkeypatch.setattr(leases, "take", now_and_then)
    work(world, 30)
    assert len(posts()) == 1
    assert sum("not watched" in message for message in caplog.messages) == 1
