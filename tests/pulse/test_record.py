"""What becomes of a milestone whose record changes (F24, F44), and of what was posted of it."""

from typing import Any

import pytest

from dashboard.alerts.truth import still_true
from dashboard.core.events import from_ms
from dashboard.pulse import facts as facts_of
from dashboard.store import frames
from dashboard.store.tables import Feed, Milestone, MilestoneNote, Post, PostNote
from tests.pulse.test_channel import NOW, World, row
from tests.worlds import MIDNIGHT_MS

pytestmark = pytest.mark.django_db


def world_of(*amounts: int, **feed: Any) -> World:
    """Return a world with a feed."""
    world = World(*amounts)
    Feed.objects.create(campaign=world.campaign, name="x", **{"service": "webhook"} | feed)
    return world


def fallen_at_9(state: str = Post.PROPOSED, **feed: Any) -> World:
    """Return a world whose milestone of 100 fell at 00:00:09, with a post of it in a state."""
    world = world_of(100, **feed)
    world.pay(60, after_s=3)
    world.pay(50, after_s=9)
    world.tick()
    Post.objects.update(state=state)
    return world


def notes() -> list[str]:
    return [note.what for note in MilestoneNote.objects.all() if note.what != "confirmed"]


def posts() -> list[tuple[str, str, bool]]:
    """Return kind and state of each post, and whether it tells of 00:00:05."""
    return [(one.kind, one.state, "00:00:05" in one.text) for one in Post.objects.all()]


def test_a_milestone_that_falls_is_proposed_to_its_feeds_in_the_same_breath() -> None:
    world = fallen_at_9()
    post = Post.objects.get()
    assert (post.milestone, post.state) == (row("m100"), Post.PROPOSED)
    assert "00:00:09" in post.text
    world.tick(1_000)
    assert (Post.objects.count(), notes()) == (1, ["fired"])


def test_what_is_found_late_is_old_news_and_asks_a_person() -> None:
    world = world_of(100, approval=Feed.AUTO)
    world.pay(100)
    world.tick(61_000)  # two minutes and a second after it
    assert (row("m100").late, Post.objects.get().state) == (True, Post.PROPOSED)


@pytest.mark.parametrize("state", [Post.PROPOSED, Post.APPROVED])
def test_a_late_event_dates_it_anew_and_its_post_gets_other_words_f24(state: str) -> None:
    world = fallen_at_9(state)
    world.pay(40, after_s=5)
    told = world.tick(1_000)
    assert told["milestones"]["reached"][0]["crossed_at"] == "2012-11-10T16:00:05Z"
    assert (notes(), posts()) == (["fired", "re-dated"], [("news", state, True)])
    note = MilestoneNote.objects.last()
    assert note
    assert note.before["crossed_ms"] - note.after["crossed_ms"] == 4_000
    assert row("m100").facts["crossed_ms"] == MIDNIGHT_MS + 5_000  # type: ignore[index]


def test_words_that_a_person_approved_are_shown_to_them_again() -> None:
    world = fallen_at_9(Post.APPROVED)
    PostNote.objects.create(post=Post.objects.get(), at_ms=1, by="ann", action="approved")
    world.pay(40, after_s=5)
    world.tick(1_000)
    assert posts() == [("news", Post.PROPOSED, True)]


@pytest.mark.parametrize("state", [Post.SENT, Post.SENDING, Post.UNKNOWN])
def test_what_was_posted_is_corrected_once_a_person_approves_it_f24(state: str) -> None:
    world = fallen_at_9(state, approval=Feed.AUTO)
    world.pay(40, after_s=5)
    world.tick(1_000)
    world.tick(2_000)
    assert posts() == [("news", state, False), ("correction", Post.PROPOSED, True)]
    news, correction = Post.objects.all()
    assert correction.corrects == news


def test_a_correction_that_did_not_go_out_gives_way_to_the_next() -> None:
    world = fallen_at_9(Post.SENT)
    for number, after_s in enumerate((7, 5), 1):
        world.pay(40, after_s=after_s)
        world.tick(number * 1_000)
    assert posts() == [("news", Post.SENT, False), ("correction", Post.PROPOSED, True)]


def test_a_picture_s_own_words_follow_the_record_too() -> None:
    world = fallen_at_9(poster="square", service="telegram")
    assert "00:00:09" in Post.objects.get().alt
    world.pay(40, after_s=5)
    world.tick(1_000)
    assert "00:00:05" in Post.objects.get().alt


@pytest.mark.parametrize(
    "came_back", [{"state": "proposed", "error": "untrue"}, {"state": "failed"}]
)
def test_what_was_dated_anew_while_it_was_sent_and_came_back_is_reworded(came_back: Any) -> None:
    world = fallen_at_9(Post.SENDING)
    world.pay(40, after_s=5)
    world.tick(1_000)
    Post.objects.filter(kind=Post.NEWS).update(**came_back)
    world.tick(2_000)
    assert posts() == [("news", Post.PROPOSED, True), ("correction", Post.WITHDRAWN, True)]
    written = PostNote.objects.count()
    world.tick(3_000)
    assert PostNote.objects.count() == written


def test_a_correction_that_came_back_untrue_is_reworded_and_what_corrects_it_withdrawn() -> None:
    world = fallen_at_9(Post.SENT)
    for number, after_s in enumerate((7, 5), 1):
        world.pay(40, after_s=after_s)
        world.tick(number * 1_000)
        first = Post.objects.filter(kind=Post.CORRECTION)[:1].values("pk")
        Post.objects.filter(pk__in=first).update(state=Post.SENDING)
    Post.objects.filter(state=Post.SENDING).update(state=Post.PROPOSED, error="untrue")
    world.tick(3_000)
    states = [("news", Post.SENT, False), ("correction", Post.PROPOSED, True)]
    assert posts() == [*states, ("correction", Post.WITHDRAWN, True)]


def test_a_shorter_window_undercuts_it_and_never_un_fires_f44() -> None:
    world = fallen_at_9(Post.SENT)
    short(world, 1)
    told = world.tick(1_000)
    assert told["turnover"]["gross"] == 0
    assert len(told["milestones"]["reached"]) == 1
    assert notes() == ["fired", "undercut"]
    assert [kind for kind, _, _ in posts()] == ["news", "correction"]
    short(world, 0)
    world.tick(2_000)
    assert notes() == ["fired", "undercut", "restored"]
    assert row("m100").crossed_ms == MIDNIGHT_MS + 9_000


def short(world: World, minutes: int) -> None:
    """Let the window begin so many minutes after midnight."""
    world.campaign.start = from_ms(MIDNIGHT_MS + minutes * 60_000)
    world.channel.screen.update(facts_of.read(world.campaign, "1"), NOW)


def test_a_post_that_was_undercut_waits_for_a_person() -> None:
    world = fallen_at_9(Post.APPROVED)
    short(world, 1)
    world.tick(1_000)
    assert posts() == [("news", Post.PROPOSED, False)]


def test_nothing_is_put_down_while_the_figures_cannot_be_trusted() -> None:
    world = fallen_at_9()
    world.tallies.flush()
    world.tick(1_000)
    assert notes() == ["fired"]


def test_a_bulletin_tells_the_total_of_its_minute_and_anew_where_a_late_event_raised_it() -> None:
    world = world_of()
    kind = Milestone.BULLETIN
    Milestone.objects.create(campaign=world.campaign, key="b", kind=kind, amount=60)
    world.channel = world.another()
    world.pay(60, after_s=59)
    world.pay(70, after_s=60)
    world.tick(2_000)
    assert (row("b").total, row("b").crossed_ms) == (60, MIDNIGHT_MS + 60_000)
    world.pay(5, after_s=30)
    world.tick(3_000)
    assert (row("b").total, notes()) == (65, ["fired", "renewed"])


def test_a_total_that_late_events_raise_is_put_on_record_once_a_minute() -> None:
    world = world_of()
    kind = Milestone.BULLETIN
    Milestone.objects.create(campaign=world.campaign, key="b", kind=kind, amount=60)
    world.channel = world.another()
    world.pay(60, after_s=59)
    world.pay(70, after_s=60)
    world.tick(2_000)
    Post.objects.update(state=Post.SENT)
    seen = []
    for second in (3, 4, 5, 62, 63, 64):
        world.pay(1_000, after_s=second % 50)
        world.tick(second * 1_000)
        seen.append((row("b").total, Post.objects.count()))
    assert seen == [(1_060, 2)] * 4 + [(5_060, 2)] * 2


def test_of_many_milestones_that_a_late_event_may_concern_some_are_looked_at_at_a_time() -> None:
    world = world_of(*range(101, 126))
    world.pay(200, after_s=9)
    world.tick()
    world.tick(1_000)
    world.tick(2_000)
    world.pay(200, after_s=5)
    moved = []
    for second in (3, 4, 5, 6):
        world.tick(second * 1_000)
        moved.append(Milestone.objects.filter(crossed_ms=MIDNIGHT_MS + 5_000).count())
    assert moved == [20, 25, 25, 25]


def test_a_milestone_that_cannot_be_told_keeps_neither_frames_nor_others_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = world_of(100, 110)
    world.pay(110)
    failing = iter([ZeroDivisionError])

    def once(*_: Any) -> list[Any]:
        for error in failing:
            raise error
        return []

    monkeypatch.setattr("dashboard.alerts.news.posts_for", once)
    assert [one["amount"] for one in world.tick()["milestones"]["reached"]] == [110]
    assert [one["amount"] for one in world.tick(250)["milestones"]["reached"]] == [100, 110]


def test_twenty_milestones_that_cannot_be_told_keep_no_others_from_their_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = world_of(*range(101, 121), 150)
    world.pay(200)

    def some(milestone: Milestone, *_: Any) -> list[Any]:
        return [] if milestone.amount == 150 else [1 / 0]

    monkeypatch.setattr("dashboard.alerts.news.posts_for", some)
    world.tick()
    assert [one["amount"] for one in world.tick(250)["milestones"]["reached"]] == [150]


def test_a_post_is_true_as_long_as_the_record_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    world = fallen_at_9()
    monkeypatch.setattr("dashboard.store.trust.impatient", lambda: None)
    monkeypatch.setattr(frames, "newest", lambda *_: world.tallies.frames[-1])
    pk, story = row("m100").pk, Post.objects.get().story
    assert still_true(pk, NOW, story)
    assert not still_true(pk, NOW + 60_000, story)  # nobody tells frames
    world.pay(40, after_s=5)
    world.tick(1_000)
    assert not still_true(pk, NOW, story)
    assert still_true(pk, NOW, Post.objects.get().story)
    short(world, 1)
    world.tick(2_000)
    assert not still_true(pk, NOW, Post.objects.get().story)
