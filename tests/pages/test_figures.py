import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
import redis
from django.db import DatabaseError
from django.test import Client

from dashboard.store import frames as stored
from tests.frames import frame, snapshot
from tests.worlds import MIDNIGHT_MS, festival

pytestmark = pytest.mark.django_db
API = "/api/v1/campaigns"
TOKEN = "gmv_read_0123456789"


def slugs(client: Client, **headers: str) -> list[str]:
    return [one["slug"] for one in client.get(API, headers=headers).json()]


def test_each_caller_is_told_of_the_campaigns_that_he_may_see(
    client: Client, staff: Client
) -> None:
    festival("open", visibility="public")
    festival("shop", read_token=TOKEN)
    festival("board", visibility="staff")
    assert slugs(client) == ["open"]
    assert slugs(client, authorization=f"Bearer {TOKEN}") == ["open", "shop"]
    assert slugs(staff) == ["board", "open", "shop"]


def test_the_list_is_kept_by_the_caller_alone(client: Client) -> None:
    response = client.get(API)
    assert response["Cache-Control"] == "private, max-age=1"
    assert {"Authorization", "Cookie"} <= set(response["Vary"].split(", "))


def test_a_campaign_is_listed_with_its_window_and_its_state(client: Client) -> None:
    festival(visibility="public")
    assert client.get(API).json() == [
        {
            "slug": "festival",
            "name": "Festival",
            "status": "closed",
            "start": "2012-11-10T16:00:00Z",
            "end": "2012-11-11T16:00:00Z",
            "currency": "CNY",
        }
    ]


def test_a_rehearsal_is_live_by_its_own_clock(client: Client) -> None:
    now_ms = int(datetime.now(UTC).timestamp() * 1000)
    festival(visibility="public", clock_real_ms=now_ms, clock_campaign_ms=MIDNIGHT_MS)
    assert client.get(API).json()[0]["status"] == "live"


@pytest.mark.parametrize("name", ["snapshot", "reference", "minutes", "milestones"])
def test_a_campaign_that_is_not_yours_answers_like_one_that_is_not_there(
    client: Client, name: str
) -> None:
    festival("shop", read_token=TOKEN)
    hidden, absent = client.get(f"{API}/shop/{name}"), client.get(f"{API}/nothing/{name}")
    assert [hidden.status_code, absent.status_code] == [404, 404]
    assert hidden.content == absent.content


def test_the_snapshot_is_brought_up_to_the_newest_frame(
    client: Client, redis_server: redis.Redis
) -> None:
    campaign, _ = festival(visibility="public")
    stored.put(redis_server, campaign.pk, frame(seq=5), snapshot(seq=4))
    response = client.get(f"{API}/festival/snapshot")
    assert (response.json()["kind"], response.json()["seq"]) == ("snapshot", 5)
    assert response["ETag"] == '"1-5"'
    assert response["Cache-Control"] == "public, max-age=1"


@pytest.mark.parametrize("known", ['""', '"1-5"'])
def test_the_snapshot_says_when_it_was_sent_so_that_a_page_can_tell_its_age(
    client: Client, redis_server: redis.Redis, known: str
) -> None:
    campaign, _ = festival(visibility="public")
    stored.put(redis_server, campaign.pk, frame(seq=5), snapshot(seq=5))
    before = int(time.time())
    response = client.get(f"{API}/festival/snapshot", headers={"if-none-match": known})
    assert parsedate_to_datetime(response["Date"]).timestamp() >= before


def test_who_has_the_newest_snapshot_is_not_sent_it_again(
    client: Client, redis_server: redis.Redis
) -> None:
    campaign, _ = festival(visibility="public")
    stored.put(redis_server, campaign.pk, frame(seq=5), snapshot(seq=5))
    again = client.get(f"{API}/festival/snapshot", headers={"if-none-match": '"1-5"'})
    older = client.get(f"{API}/festival/snapshot", headers={"if-none-match": '"1-4"'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", '"1-5"')
    assert older.status_code == 200


def test_what_is_not_public_is_kept_by_the_caller_alone(
    client: Client, redis_server: redis.Redis
) -> None:
    campaign, _ = festival(read_token=TOKEN)
    stored.put(redis_server, campaign.pk, frame(), snapshot())
    response = client.get(f"{API}/festival/snapshot", headers={"authorization": f"Bearer {TOKEN}"})
    assert response["Cache-Control"] == "private, max-age=1"
    assert {"Authorization", "Cookie"} <= set(response["Vary"].split(", "))


@pytest.mark.usefixtures("redis_server")
def test_before_the_first_frame_the_caller_is_told_to_come_again(client: Client) -> None:
    festival(visibility="public")
    response = client.get(f"{API}/festival/snapshot")
    assert (response.status_code, response["Retry-After"]) == (503, "2")
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.usefixtures("no_redis")
def test_without_redis_and_database_the_caller_is_told_to_come_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(campaign_id: int) -> None:
        raise DatabaseError("away")

    festival(visibility="public")
    monkeypatch.setattr("dashboard.store.shown.load", away)
    assert client.get(f"{API}/festival/snapshot").status_code == 503
