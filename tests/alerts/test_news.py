import msgspec
import pytest
from pytest_django.fixtures import Settings

from dashboard.alerts.feeds import services
from dashboard.alerts.news import correction_for, limit_of, posts_for, still_true
from dashboard.alerts.samples import KINDS, SAMPLE, extreme, sample
from dashboard.alerts.wording import words
from dashboard.core.lengths import fits
from dashboard.core.story import Story
from dashboard.store.outbox import NewPost, propose
from dashboard.store.tables import Campaign, Feed, Milestone, Post
from tests.worlds import festival

NOW = 1_700_000_000_000


def a_feed(**fields: object) -> Feed:
    return Feed(**{"pk": 7, "campaign_id": 3, "name": "x", "service": "telegram", **fields})


def a_rule(**fields: object) -> Milestone:
    return Milestone(**{"pk": 5, "campaign_id": 3, "key": "10b", **fields})


def proposed(rule: Milestone, feed: Feed, story: Story = SAMPLE) -> NewPost:
    (post,) = posts_for(rule, story, [feed], NOW)
    return post


def test_a_feed_that_asks_is_proposed_the_words_of_its_language() -> None:
    post = proposed(a_rule(), a_feed(lang="zh-hans"))
    assert post.text == words(SAMPLE, "zh-hans")
    assert (post.kind, post.occasion, post.lang) == ("news", "news:5", "zh-hans")
    assert (post.approved, post.not_before_ms, post.expires_ms) == (False, 0, NOW + 900_000)
    assert (post.feed_id, post.campaign_id, post.milestone_id) == (7, 3, 5)
    assert msgspec.convert(post.story, Story) == SAMPLE


def test_a_feed_that_posts_by_itself_holds_first() -> None:
    post = proposed(a_rule(), a_feed(approval="auto", holding_s=90, expires_s=100))
    assert (post.approved, post.not_before_ms) == (True, NOW + 90_000)
    assert post.expires_ms == NOW + 190_000


@pytest.mark.parametrize(
    ("rule", "feed", "late", "by_itself"),
    [
        ("", "ask", False, False),
        ("", "auto", False, True),
        ("ask", "auto", False, False),
        ("auto", "ask", False, True),
        ("auto", "auto", True, False),
    ],
)
def test_the_rule_decides_before_the_feed_and_what_is_late_is_asked_about(
    rule: str, feed: str, late: bool, by_itself: bool
) -> None:
    story = msgspec.structs.replace(SAMPLE, late=late)
    assert proposed(a_rule(approval=rule), a_feed(approval=feed), story).approved is by_itself


@pytest.mark.parametrize(
    ("rule", "subject", "by_itself"),
    [(9, "evil.example/win", False), (9, "Apple", True), (None, "evil.example/win", True)],
)
def test_a_name_that_only_a_source_gave_is_asked_about_h27(
    rule: int | None, subject: str, by_itself: bool
) -> None:
    told = {"kind": "share", "of": "evil.example/win", "subject": subject}
    story = msgspec.structs.replace(SAMPLE, **told)
    member = a_rule(kind="share", of=story.of, rule_id=rule)
    assert proposed(member, a_feed(approval="auto"), story).approved is by_itself


def test_of_several_the_highest_amount_has_the_highest_rank_and_some_are_always_told() -> None:
    rank = {kind: proposed(a_rule(), a_feed(), sample(kind)).rank for kind in KINDS}
    assert rank["amount"] > rank["reference_total"] > rank["past_total"] > rank["bulletin"] == 0
    assert rank["site"] == rank["start"] == rank["close"] > rank["amount"]


@pytest.mark.parametrize("name", sorted(services()))
@pytest.mark.parametrize("lang", ["en", "zh-hans"])
def test_every_text_is_within_the_limit_of_its_service(name: str, lang: str) -> None:
    feed = a_feed(service=name, lang=lang)
    for kind in KINDS:
        assert fits(proposed(a_rule(), feed, extreme(kind)).text, limit_of(feed))
    long = a_rule(words="{{ amount }} " * 140, words_zh="{{ amount }}，" * 140)
    assert fits(proposed(long, feed).text, limit_of(feed))


def test_a_picture_is_for_services_that_take_one() -> None:
    shown = proposed(a_rule(), a_feed(poster="square"))
    assert shown.poster == "square" and "¥10 billion" in shown.alt
    assert proposed(a_rule(), a_feed(poster="")).alt == ""
    assert proposed(a_rule(), a_feed(service="dingtalk")).poster == ""
    assert proposed(a_rule(), a_feed(service="gone")).poster == ""


def test_words_that_fail_keep_no_milestone_from_being_told() -> None:
    assert proposed(a_rule(words="{% load x %}"), a_feed()).text == words(SAMPLE, "en")


@pytest.mark.parametrize(
    ("visibility", "link"),
    [("public", "https://board.shop.com/wall/festival/"), ("token", ""), ("staff", "")],
)
def test_posts_link_to_a_wall_that_anybody_may_see(
    settings: Settings, visibility: str, link: str
) -> None:
    settings.BOARD_URL = "https://board.shop.com"
    rule = a_rule(campaign=Campaign(pk=3, slug="festival", visibility=visibility))
    assert proposed(rule, a_feed()).link == link
    settings.BOARD_URL = ""
    assert proposed(rule, a_feed()).link == ""


def a_post(pk: int, story: Story, **fields: object) -> Post:
    told = msgspec.to_builtins(story)
    return Post(**{"pk": pk, "feed": a_feed(), "story": told, "remote_url": "", **fields})


MOVED = msgspec.structs.replace(SAMPLE, crossed_ms=SAMPLE.crossed_ms + 2000)


def test_a_correction_is_linked_to_the_last_word_of_each_feed() -> None:
    first = a_post(1, SAMPLE, remote_url="https://t.me/board/1")
    (post,) = correction_for(a_rule(), MOVED, [first], 44, NOW)
    assert post.text.startswith("Correction: ") and "13:38:06" in post.text
    assert post.text.endswith(" https://t.me/board/1")
    assert (post.kind, post.occasion, post.corrects_id) == ("correction", "correction:5:44", 1)
    assert (post.expires_ms, post.poster) == (NOW + 86_400_000, "")
    corrected = a_post(2, MOVED, kind="correction")
    assert correction_for(a_rule(), MOVED, [corrected, first], 45, NOW) == []


def test_what_a_long_correction_is_cut_for_is_not_its_link() -> None:
    story = msgspec.structs.replace(SAMPLE, label="word " * 600)
    moved = msgspec.structs.replace(MOVED, label=story.label)
    link = "https://t.me/board/1"
    (post,) = correction_for(a_rule(), moved, [a_post(1, story, remote_url=link)], 44, NOW)
    assert post.text.endswith(f"… {link}")
    assert fits(post.text, limit_of(a_feed()))


def test_a_post_is_true_while_the_record_says_what_it_says() -> None:
    told = msgspec.to_builtins(SAMPLE)
    assert still_true(told, SAMPLE) and still_true(None, SAMPLE)
    assert not still_true(told, MOVED)
    assert not still_true(told, msgspec.structs.replace(SAMPLE, undercut=True))


@pytest.mark.django_db
def test_no_feed_is_told_the_same_twice(campaign_with_feed: tuple[Milestone, Feed]) -> None:
    rule, feed = campaign_with_feed
    for _ in range(2):
        propose(posts_for(rule, SAMPLE, [feed], NOW), NOW)
    (post,) = Post.objects.all()
    assert (post.state, post.text) == ("proposed", words(SAMPLE, "en"))


@pytest.fixture
def campaign_with_feed() -> tuple[Milestone, Feed]:
    campaign, _ = festival()
    feed = Feed.objects.create(campaign=campaign, name="x", service="telegram")
    return Milestone.objects.create(campaign=campaign, key="10b", amount=1), feed
