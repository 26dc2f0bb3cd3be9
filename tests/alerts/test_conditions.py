"""Each condition as it is found in stores, files and on the disk."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from pytest_django.fixtures import Settings

from dashboard.alerts import conditions
from dashboard.core.operator_alarms import Alarm
from dashboard.store import checks, connect, frames
from dashboard.store.checks import Verdict
from dashboard.store.desk import LEFT
from dashboard.store.tables import Feed, Post, PostNote, StopSwitch
from dashboard.tally.settle import settle
from tests import valkey
from tests.frames import frame
from tests.worlds import MIDNIGHT_MS, append, festival, payment

pytestmark = pytest.mark.django_db(transaction=True)
NOW_MS = MIDNIGHT_MS + 60_000


@pytest.fixture(scope="module")
def server() -> Iterator[redis.Redis]:
    with valkey.running() as client:
        yield client


@pytest.fixture(autouse=True)
def there(server: redis.Redis, settings: Settings, tmp_path: Path) -> Iterator[redis.Redis]:
    """An empty Redis, a data folder of its own, and room on the disk."""
    server.flushall()
    settings.REDIS_URL = f"unix://{server.connection_pool.connection_kwargs['path']}"
    settings.DATA_DIR, settings.LEAST_FREE_MB = tmp_path, 0
    connect.impatient.cache_clear()
    yield server
    connect.impatient.cache_clear()


def held(now_ms: int = NOW_MS) -> dict[Alarm, str]:
    return dict(conditions.look(now_ms).held)


def test_where_all_is_well_nothing_is_to_be_told(server: redis.Redis) -> None:
    campaign, source = festival()
    append(source, payment("a"))
    settle(server, campaign.pk)
    checks.record(campaign.pk, Verdict(1, NOW_MS))
    frames.put(server, campaign.pk, frame(healing=False), None)
    Feed.objects.create(campaign=campaign, name="public")
    assert held() == {}


def test_a_backlog_counts_from_ten_seconds_on_and_not_while_figures_heal(
    server: redis.Redis,
) -> None:
    campaign, source = festival()
    append(source, payment("a"))
    assert held(MIDNIGHT_MS + 10_000) == {}
    assert held(MIDNIGHT_MS + 14_500) == {Alarm("backlog", campaign.pk): "14"}
    frames.put(server, campaign.pk, frame(healing=True), None)
    assert held() == {Alarm("healing", campaign.pk): ""}


def test_without_redis_that_is_told_and_of_counting_nothing_known(settings: Settings) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    connect.impatient.cache_clear()
    append(festival()[1], payment("a"))
    sight = conditions.look(NOW_MS)
    assert dict(sight.held) == {Alarm("redis"): "ConnectionError"}
    assert sight.blind == {"backlog", "healing"}


def test_figures_unlike_the_ledger() -> None:
    good, bad = festival("good")[0], festival("bad")[0]
    checks.record(good.pk, Verdict(1, NOW_MS))
    checks.record(bad.pk, Verdict(1, NOW_MS, agree=False, detail="minute 22544000: 3, not 4"))
    assert held() == {Alarm("reconcile", bad.pk): "minute 22544000: 3, not 4"}


def test_a_process_that_keeps_dying(tmp_path: Path) -> None:
    times = {"worker": [NOW_MS - 3_000, NOW_MS - 2_000, NOW_MS - 1], "beat": [NOW_MS - 1]}
    (tmp_path / "deaths.json").write_text(json.dumps(times))
    assert held() == {Alarm("process:worker"): "worker"}
    (tmp_path / "deaths.json").write_text("{")
    assert held() == {}


def test_a_disk_that_is_low_and_one_that_is_not_here(settings: Settings) -> None:
    settings.LEAST_FREE_MB = 10**9
    assert set(held()) == {Alarm("disk")}
    settings.DATA_DIR = Path("/nowhere")
    sight = conditions.look(NOW_MS)
    assert sight.blind == {"disk"}
    assert not sight.held


def post(feed: Feed, **fields: object) -> Post:
    given = {"feed": feed, "occasion": "news:1", "text": "!", "key": f"{feed.pk}"}
    times = {"created_ms": 0, "expires_ms": NOW_MS + 1}
    return Post.objects.create(**{**given, **times, **fields})


@pytest.mark.parametrize(
    ("fields", "state", "needs_a_person"),
    [
        ({"failures": 3, "last_error": "401"}, "", True),
        ({"failures": 2}, "", False),
        ({"failures": 3, "stopped": True}, "", False),
        ({}, Post.FAILED, True),
        ({}, Post.UNKNOWN, True),
        ({}, Post.PROPOSED, False),
        ({}, "looked for", False),
    ],
)
def test_a_feed_that_refuses(fields: dict[str, object], state: str, needs_a_person: bool) -> None:
    campaign = festival()[0]
    feed = Feed.objects.create(campaign=campaign, name="weibo", **fields)
    if state == "looked for":
        post(feed, state=Post.UNKNOWN, not_before_ms=NOW_MS + 1)
    elif state:
        post(feed, state=state)
    told = f"weibo: {feed.last_error}" if feed.last_error else "weibo"
    expected = {Alarm(f"feed:{feed.pk}", campaign.pk): told} if needs_a_person else {}
    assert held() == expected


def test_a_post_that_failed_needs_nobody_once_it_has_expired() -> None:
    feed = Feed.objects.create(name="ops", audience=Feed.OPERATORS)
    one = post(feed, state=Post.FAILED, expires_ms=NOW_MS)
    assert held() == {}
    Post.objects.filter(pk=one.pk).update(state=Post.UNKNOWN)
    assert held() == {Alarm(f"feed:{feed.pk}"): "ops"}
    PostNote.objects.create(post=one, at_ms=NOW_MS, by="ann", action=LEFT)
    assert held() == {}


@pytest.mark.parametrize(
    ("feed_fields", "post_fields", "silent"),
    [
        ({}, {"state": Post.APPROVED}, True),
        ({}, {"state": Post.SENDING, "lease_until_ms": 1}, True),
        ({}, {"state": Post.SENDING, "lease_until_ms": NOW_MS}, False),
        ({}, {"state": Post.APPROVED, "not_before_ms": NOW_MS - 59_000}, False),
        ({}, {"state": Post.APPROVED, "created_ms": NOW_MS - 59_000}, False),
        ({}, {"state": Post.APPROVED, "expires_ms": NOW_MS}, False),
        ({"stopped": True}, {"state": Post.APPROVED}, False),
        ({"last_sent_ms": NOW_MS - 120_000}, {"state": Post.APPROVED}, False),
        ({"not_before_ms": NOW_MS + 1}, {"state": Post.APPROVED}, False),
    ],
)
def test_an_outbox_that_sends_nothing(
    feed_fields: dict[str, object], post_fields: dict[str, object], silent: bool
) -> None:
    feed = Feed.objects.create(name="ops", **feed_fields)
    post(feed, **post_fields)
    assert held() == ({Alarm("outbox"): ""} if silent else {})
    StopSwitch.objects.create(name="all", stopped=True)
    assert held() == {}
