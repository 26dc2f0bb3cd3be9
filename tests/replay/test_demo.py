import pytest
import redis
from pytest_django import Settings

from dashboard.alerts.feeds import services
from dashboard.core.clock import Clock
from dashboard.replay import curve, demo, seeds, stage
from dashboard.store import campaigns, feeds, labels, ledger, references, rehearsals, site
from dashboard.store.rehearsals import NotARehearsal
from dashboard.store.tables import Campaign, Post
from tests import posts
from tests.worlds import MIDNIGHT_MS, append, payment

pytestmark = pytest.mark.django_db
NOW_MS = 1_800_000_000_000


@pytest.fixture
def client(server: redis.Redis, settings: Settings) -> redis.Redis:
    settings.REDIS_URL = f"unix://{server.connection_pool.connection_kwargs['path']}"
    server.flushall()
    return server


@pytest.fixture
def prepared(client: redis.Redis) -> Campaign:
    return demo.prepare("2012", NOW_MS)


def test_it_is_a_public_rehearsal_of_the_day_whose_clock_stands_before_it(
    prepared: Campaign,
) -> None:
    assert (prepared.slug, prepared.visibility) == ("double11-2012", "public")
    assert prepared.end_ms - prepared.start_ms == 86_400_000
    assert prepared.start_ms == MIDNIGHT_MS
    assert prepared.clock == Clock(NOW_MS, MIDNIGHT_MS - 10_000, 1)
    assert prepared.clock.rehearsal


def test_it_is_compared_with_the_tmall_of_2011(prepared: Campaign) -> None:
    year = references.primary(prepared.pk)
    assert year is not None
    assert (year.label, year.total, sum(year.minutes)) == ("2011", 336_000_000_000, year.total)
    assert "Tmall alone" in year.basis and "天猫" in year.basis_zh
    assert year.counters["visits"][:2] == [[0, 0], [1, 3_420_000]]
    for points in (year.by["platform"], year.by["category"], year.by["region"]):
        assert sum(rows[-1][1] for rows in points.values()) == year.total


def test_every_key_that_is_played_has_a_name_in_both_languages(prepared: Campaign) -> None:
    names = labels.names(prepared.pk)
    assert names["platform"]["tmall"].zh_hans == "天猫"
    for dimension, keys in seeds.labels().items():
        assert {key.key for key in keys} == set(names[dimension])
        assert all(key.en and key.zh for key in keys)


def test_its_milestones_are_round_amounts_and_all_of_last_year(prepared: Campaign) -> None:
    found = {one.key: (one.kind, one.amount) for one in prepared.milestones.all()}
    assert found["250-million"] == ("amount", 25_000_000_000)
    assert found["10-billion"] == ("amount", 1_000_000_000_000)
    assert found["all-of-2011"] == ("reference_total", 336_000_000_000)


def test_it_tells_of_more_than_amounts_without_covering_walls(prepared: Campaign) -> None:
    others = prepared.milestones.exclude(kind__in=["amount", "reference_total"])
    assert {one.key for one in others} >= {
        *("bulletin-1-minute", "bulletin-10-minutes", "bulletin-23-hours", "queueing", "recovered"),
        *("billion-club", "peak-minute", "start", "close"),
    }
    assert not any(one.take_over for one in others)


def test_the_next_rehearsal_begins_with_nothing_of_the_last(
    prepared: Campaign, client: redis.Redis
) -> None:
    append(rehearsals.source_of(prepared, "replay"), payment("a"))
    client.set(f"gmv:{{{prepared.pk}}}:live", "x")
    client.set(f"gmv:{{{prepared.pk}0}}:live", "another campaign")
    again = demo.prepare("2012", NOW_MS)
    assert again.pk != prepared.pk
    assert ledger.head(again.pk) == 0
    assert client.keys() == [b"gmv:{%d0}:live" % prepared.pk]


def test_a_campaign_in_real_time_is_never_removed(prepared: Campaign) -> None:
    rehearsals.set_clock(prepared, Clock())
    with pytest.raises(NotARehearsal, match="double11-2012"):
        demo.prepare("2012", NOW_MS)
    assert campaigns.by_slug("double11-2012") is not None


def test_without_redis_it_is_made_all_the_same(settings: Settings) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    demo.prepare("2012", NOW_MS)
    assert demo.prepare("2012", NOW_MS).slug == "double11-2012"


@pytest.mark.parametrize("year", seeds.curve_names())
def test_every_year_can_be_prepared(year: str, client: redis.Redis) -> None:
    campaign = demo.prepare(year, NOW_MS)
    amounts = [one.amount for one in campaign.milestones.filter(kind="amount")]
    assert amounts == sorted(amounts)
    assert amounts[-1] < curve.named(year).total
    before = references.primary(campaign.pk)
    assert before is None or before.total < curve.named(year).total


def test_the_clock_starts_with_the_first_replay_and_goes_on_with_the_next(
    prepared: Campaign,
) -> None:
    assert stage.set_going(prepared, MIDNIGHT_MS - 288_000, 144_000, NOW_MS)
    assert prepared.clock == Clock(NOW_MS, MIDNIGHT_MS - 288_000, 144_000)
    append(rehearsals.source_of(prepared, "replay"), payment("a"))
    assert not stage.set_going(prepared, MIDNIGHT_MS, 1_000, NOW_MS + 9)
    assert campaigns.by_slug("double11-2012").clock == prepared.clock  # type: ignore[union-attr]


def test_a_replay_begins_again_where_its_last_batch_began(prepared: Campaign) -> None:
    source = rehearsals.source_of(prepared, "replay")
    assert stage.sent_before_ms(source) == 0
    append(source, payment("a", after_ms=1_000))
    append(source, payment("b", after_ms=2_000), payment("c", after_ms=2_500))
    assert stage.sent_before_ms(source) == MIDNIGHT_MS + 2_000
    append(rehearsals.source_of(prepared, "another"), payment("d"))
    assert stage.sent_before_ms(source) == 0


def test_the_site_queues_from_0004_and_recovers_at_two(prepared: Campaign) -> None:
    for _ in range(2):
        stage.foretell_site(prepared, "2012")
    states = [
        (stretch.state, (stretch.since_ms - MIDNIGHT_MS) // 60_000)
        for stretch in site.history(prepared.pk)
    ]
    assert states == [("queueing", 4), ("diverting", 30), ("recovered", 120), ("normal", 150)]


def test_one_that_begins_again_keeps_its_feeds_and_sends_nothing_of_the_one_before(
    prepared: Campaign,
) -> None:
    feed = posts.feed(campaign=prepared)
    fell = prepared.milestones.get(key="10-billion")
    post = posts.post(feed, campaign_id=prepared.pk, milestone_id=fell.pk)
    again = demo.prepare("2012", NOW_MS + 1)
    feed.refresh_from_db()
    assert feed.campaign == again
    assert posts.states(post) == ["withdrawn"]
    assert posts.actions(post) == ["begun anew"]


def test_what_failed_or_may_be_out_of_the_one_before_is_sent_no_more(prepared: Campaign) -> None:
    feed = posts.feed(campaign=prepared)
    failed, unknown = (posts.post(feed, campaign_id=prepared.pk) for _ in range(2))
    Post.objects.filter(pk=failed.pk).update(state=Post.FAILED)
    Post.objects.filter(pk=unknown.pk).update(state=Post.UNKNOWN, not_before_ms=NOW_MS)
    demo.prepare("2012", NOW_MS + 1)
    unknown.refresh_from_db()
    assert posts.states(failed, unknown) == ["withdrawn", "unknown"]
    assert unknown.not_before_ms == 0


def test_its_feeds_are_dry_runs_with_all_that_their_services_ask_for(prepared: Campaign) -> None:
    found = list(prepared.feeds.order_by("name"))
    assert [(one.name, one.dry_run, one.approval) for one in found] == [
        ("mastodon", True, "auto"),
        ("telegram", True, "ask"),
    ]
    for one in found:
        asked = {field.name for field in services()[one.service].fields if field.required}
        assert asked <= set(feeds.account(one))
