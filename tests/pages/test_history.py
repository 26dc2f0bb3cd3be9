"""A finished campaign is read without Valkey."""

from collections.abc import Callable

import pytest
import redis
from django.test import AsyncClient, Client
from pytest_django.fixtures import Settings

from dashboard.pulse.source import RedisSource
from dashboard.pulse.tick import Pulse
from dashboard.store.tables import Campaign, Milestone, Source
from dashboard.tally.audit import Audit
from dashboard.tally.history import keep
from dashboard.tally.settle import settle
from gmvboard.clock import now_ms
from tests.pages.conftest import forget_clients
from tests.worlds import append, event, festival, payment

pytestmark = pytest.mark.django_db(transaction=True)
API = "/api/v1/campaigns/festival"
ADDRESSES = (
    "minutes",
    "minutes?by=platform",
    "minutes?by=merchant&from=2012-11-10T16:01:00Z",
    "minutes?format=parquet&by=channel",
    "snapshot",
    "milestones",
)
Away = Callable[[], None]


@pytest.fixture
def away(redis_server: redis.Redis, settings: Settings) -> Away:
    """Take Redis away."""

    def go() -> None:
        settings.REDIS_URL = "unix:///nowhere/redis.sock"
        forget_clients()

    return go


@pytest.fixture
def world(redis_server: redis.Redis) -> tuple[Campaign, Source]:
    """A campaign of years ago, closed, with a milestone that fell; shown and kept."""
    campaign, source = festival(visibility="public")
    Milestone.objects.create(campaign=campaign, key="first", amount=120)
    append(source, payment("a", 100, platform="tmall"), payment("b", 50, 61_000, merchant="m"))
    append(source, event("payment.refunded", "r", 61_500, amount=30, channel="app"))
    settle(redis_server, campaign.pk)
    Audit(campaign.pk).look(redis_server, campaign, now_ms())
    Pulse(RedisSource(redis_server), "").tick(now_ms())
    keep(redis_server, campaign.pk, now_ms() // 60_000)
    return campaign, source


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_finished_campaign_reads_the_same_without_redis(
    world: object, away: Away, client: Client, address: str
) -> None:
    before = client.get(f"{API}/{address}")
    away()
    after = client.get(f"{API}/{address}")
    assert (after.status_code, after.content) == (200, before.content)


async def test_its_csv_reads_the_same_too(world: object, away: Away) -> None:
    async def csv() -> bytes:
        answer = await AsyncClient().get(f"{API}/minutes?format=csv&by=platform")
        return b"".join([part async for part in answer.streaming_content])  # type: ignore[attr-defined]

    before = await csv()
    away()
    assert await csv() == before != b""


def test_its_snapshot_has_the_exact_closing_figures(
    world: object, away: Away, client: Client
) -> None:
    away()
    told = client.get(f"{API}/snapshot").json()
    assert (told["status"], told["final"], told["position"]) == ("closed", True, 2)
    turnover = (told["turnover"]["gross"], told["turnover"]["refunds"], told["turnover"]["net"])
    assert turnover == (150, 30, 120)
    assert [one["key"] for one in told["milestones"]["reached"]] == ["first"]


def test_its_wall_and_staff_page_open(
    world: object, away: Away, staff: Client, settings: Settings
) -> None:
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    away()
    assert staff.get("/wall/festival/").status_code == 200
    assert staff.get("/staff/festival/").status_code == 200


def test_an_emptied_redis_gives_no_half_counted_minutes(
    world: object, redis_server: redis.Redis, client: Client
) -> None:
    before = client.get(f"{API}/minutes").content
    redis_server.flushall()
    assert client.get(f"{API}/minutes").content == before


def test_where_something_accepted_is_missing_from_the_history_it_is_not_shown(
    world: tuple[Campaign, Source], away: Away, client: Client
) -> None:
    append(world[1], payment("late"))
    away()
    assert client.get(f"{API}/minutes").status_code == 503
