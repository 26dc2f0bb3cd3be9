"""From the outbox to a feed: the table of F39 and F40, the stop switch of F41."""

import pytest
from django.db import OperationalError

from dashboard.core.posting import ON_HOLD, UNTRUE
from dashboard.store import claims, marks
from dashboard.store.tables import Feed, Post, StopSwitch
from gmvboard.failpoints import PLACES
from tests.alerts.delivering import World
from tests.alerts.fake_feed import Ending
from tests.posts import NOW, actions, feed, post, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    return World(monkeypatch)


@pytest.mark.parametrize(
    ("ending", "state", "posted"),
    [
        ("success", Post.SENT, 1),
        ("time-out before", Post.UNKNOWN, 0),
        ("time-out after", Post.UNKNOWN, 1),
        ("5xx before", Post.UNKNOWN, 0),
        ("5xx after", Post.UNKNOWN, 1),
        ("rubbish", Post.UNKNOWN, 1),
        ("429", Post.APPROVED, 0),
        ("no connection", Post.APPROVED, 0),
        ("refusal", Post.FAILED, 0),
        ("error in the body", Post.FAILED, 0),
        ("redirect", Post.FAILED, 0),
    ],
)
def test_each_way_a_request_ends_leads_to_its_state_f39(
    world: World, ending: Ending, state: str, posted: int
) -> None:
    waiting = post(feed())
    world.feed.endings = [ending]
    assert world.step()
    assert states(waiting) == [state]
    assert len(world.feed.posts) == posted
    assert not world.step()


@pytest.mark.parametrize("ending", ["time-out after", "5xx after", "rubbish"])
def test_what_is_out_is_found_at_the_timeline_and_never_sent_again_f39(
    world: World, ending: Ending
) -> None:
    waiting = post(feed())
    world.feed.endings = [ending]
    world.step()
    world.later(59)
    assert not world.step()
    world.later(1)
    assert world.step()
    assert states(waiting) == [Post.SENT] and len(world.feed.posts) == 1
    assert actions(waiting) == ["claimed", "unknown", "found"]


@pytest.mark.parametrize("find", [True, False])
def test_what_is_not_to_be_found_is_a_persons_without_a_key_f39(world: World, find: bool) -> None:
    waiting, world.find = post(feed()), find
    world.feed.endings = ["time-out before"]
    world.step()
    world.later(60)
    assert world.step()
    world.later(10_000)
    assert not world.step()
    assert states(waiting) == [Post.UNKNOWN] and world.feed.asked == 1
    assert actions(waiting) == ["claimed", "unknown", "left"]


@pytest.mark.parametrize("find", [True, False])
def test_a_key_kept_late_makes_no_second_post_f40(
    monkeypatch: pytest.MonkeyPatch, find: bool
) -> None:
    world = World(monkeypatch, keys=True, late_ms=30_000, find=find)
    waiting = post(feed())
    world.feed.endings = ["time-out after"]
    world.step()
    world.later(60)
    assert world.step()
    assert states(waiting) == [Post.SENT] and len(world.feed.posts) == 1


def test_with_a_key_it_is_sent_once_more_and_then_a_persons_f40(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World(monkeypatch, keys=True)
    waiting = post(feed())
    world.feed.endings = ["time-out before", "time-out before"]
    for _ in range(9):
        world.step()
        world.later(60)
    assert states(waiting) == [Post.UNKNOWN] and world.feed.asked == 2
    again = ["claimed", "unknown", "claimed again", "unknown", "left"]
    assert actions(waiting) == again


def test_a_key_the_feed_has_forgotten_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(monkeypatch, keys=True, lasts_ms=3_600_000, find=False)
    waiting = post(feed(), expires_ms=NOW + 10**9)
    world.feed.endings = ["time-out after"]
    world.step()
    Feed.objects.update(stopped=True)
    world.later(3_660)
    Feed.objects.update(stopped=False)
    assert world.step()
    assert states(waiting) == [Post.UNKNOWN] and len(world.feed.posts) == 1
    assert actions(waiting) == ["claimed", "unknown", "left"]


def test_what_became_a_dry_run_is_not_sent_again_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    world, waiting = World(monkeypatch, keys=True), post(feed())
    world.feed.endings = ["time-out before"]
    world.step()
    Feed.objects.update(dry_run=True)
    world.later(60)
    assert world.step()
    assert world.feed.asked == 1 and actions(waiting) == ["claimed", "unknown", "left"]


def test_a_check_that_fails_unforeseen_is_made_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = post(feed())
    with monkeypatch.context() as broken:
        broken.setattr(claims, "may_go", lambda _claim: 1 // 0)
        assert world.step()
    assert states(waiting) == [Post.APPROVED] and actions(waiting) == ["claimed", "not checked"]
    world.later(1)
    world.step()
    assert states(waiting) == [Post.SENT]


def test_a_second_attempt_told_no_or_later_may_be_out_by_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World(monkeypatch, keys=True)
    one, two = post(feed()), post(feed())
    world.feed.endings = ["5xx before", "5xx before", "refusal", "429"]
    world.step()
    world.later(60)
    world.step()
    assert states(one, two) == [Post.UNKNOWN, Post.UNKNOWN]
    world.later(60)
    world.step()
    assert states(one, two) == [Post.UNKNOWN, Post.SENT]


def test_a_timeline_that_is_away_is_asked_five_times_and_nothing_is_sent(world: World) -> None:
    waiting, world.feed.looks_fail = post(feed()), True
    world.feed.endings = ["time-out before"]
    for _ in range(20):
        world.step()
        world.later(60)
    assert world.feed.asked == 1
    assert actions(waiting) == ["claimed", "unknown", *["not looked"] * 4, "left"]


def test_after_a_429_the_feed_is_left_alone_for_as_long_as_it_says_f39(world: World) -> None:
    one = feed()
    posts = [post(one), post(one)]
    world.feed.endings = ["429"]
    world.step()
    world.later(29)
    assert not world.step()
    world.later(1)
    assert world.step() and world.step()
    assert states(*posts) == [Post.SENT, Post.SENT]
    assert [text for _, _, text in world.feed.posts] == ["News", "News"]


@pytest.mark.parametrize("all_feeds", [True, False])
def test_a_switch_thrown_between_claim_and_send_gives_it_back_f41(
    world: World, monkeypatch: pytest.MonkeyPatch, all_feeds: bool
) -> None:
    waiting = post(feed())

    def throw(place: str, _detail: str = "") -> None:
        if place == "outbox.before_send" and all_feeds:
            StopSwitch.objects.create(name="all", stopped=True)
        elif place == "outbox.before_send":
            Feed.objects.update(stopped=True)

    monkeypatch.setattr("gmvboard.failpoints.hit", throw)
    assert world.step()
    assert states(waiting) == [Post.APPROVED] and world.feed.asked == 0
    assert actions(waiting) == ["claimed", "stopped"]
    StopSwitch.objects.update(stopped=False)
    Feed.objects.update(stopped=False)
    monkeypatch.setattr("gmvboard.failpoints.hit", lambda *_: None)
    world.later(1)
    world.step()
    assert states(waiting) == [Post.SENT]


def test_what_is_true_no_more_goes_to_a_person(world: World) -> None:
    waiting, world.doubt = post(feed()), UNTRUE
    assert world.step()
    assert states(waiting) == [Post.PROPOSED] and world.feed.asked == 0
    assert actions(waiting) == ["claimed", "untrue"]


def test_while_figures_are_on_hold_it_waits_longer_each_time_and_is_not_lost(world: World) -> None:
    waiting, world.doubt = post(feed()), ON_HOLD
    for wait_s in (1, 2, 4):
        assert world.step()
        world.later(wait_s - 0.001)
        assert not world.step()
        world.later(0.001)
    world.doubt = ""
    world.step()
    assert states(waiting) == [Post.SENT]


def test_a_process_that_ends_begins_nothing_more(world: World) -> None:
    waiting = post(feed())
    world.stopping.set()
    assert world.step()
    assert states(waiting) == [Post.APPROVED] and world.feed.asked == 0


def test_who_took_longer_than_its_lease_sends_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = post(feed())

    def dawdle(place: str, _detail: str = "") -> None:
        world.later(71 if place == "outbox.before_send" else 0)

    monkeypatch.setattr("gmvboard.failpoints.hit", dawdle)
    world.step()
    assert states(waiting) == [Post.APPROVED] and world.feed.asked == 0


def test_a_dry_run_asks_nobody_and_keeps_what_it_would_have_asked(world: World) -> None:
    waiting = post(feed(dry_run=True), text="Ten billion")
    world.step()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.dry_run, world.feed.asked) == (Post.SENT, True, 0)
    assert waiting.request and waiting.request[0]["json"]["text"] == "Ten billion"


def test_a_dry_run_whose_process_died_is_simply_done_again(world: World) -> None:
    waiting = post(feed(dry_run=True))
    world.dies_at = "outbox.before_mark"
    for _ in range(3):
        world.step()
        world.later(90)
    assert states(waiting) == [Post.SENT] and world.feed.asked == 0


def test_a_service_that_is_not_there_is_a_persons(world: World) -> None:
    waiting = post(feed(service="gone"))
    world.step()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.error) == (
        Post.FAILED,
        "service: expected one that is there, got 'gone'",
    )


def test_a_mark_is_made_when_the_database_is_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting, real, tries = post(feed()), marks.mark, []

    def away(*arguments: object) -> bool:
        tries.append(arguments)
        if len(tries) < 3:
            raise OperationalError("away")
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(marks, "mark", away)
    monkeypatch.setattr("dashboard.alerts.deliver._MARK_AGAIN_S", 0)
    monkeypatch.setattr("dashboard.alerts.deliver.connections.close_all", lambda: None)
    world.step()
    assert states(waiting) == [Post.SENT] and len(tries) == 3


@pytest.mark.parametrize("where", [one for one in PLACES if one.startswith("outbox.")][1:])
def test_two_outboxes_send_a_post_once_f45(
    world: World, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    waiting, worked = post(feed()), list[bool]()

    def meet(place: str, _detail: str = "") -> None:
        if place != where:
            return
        monkeypatch.setattr("gmvboard.failpoints.hit", lambda *_: None)
        worked.append(world.step("two"))

    monkeypatch.setattr("gmvboard.failpoints.hit", meet)
    world.step("one")
    assert states(waiting) == [Post.SENT] and len(world.feed.posts) == 1
    assert worked == [False]
