"""S26: the inside is told to this machine and to who brings the token, and to nobody else."""

import logging
import time
from typing import Any

import pytest
import redis
from django.db import DatabaseError
from django.test import Client
from pytest_django.fixtures import Settings

from dashboard.core.events import from_ms
from dashboard.pages import health, metrics
from dashboard.pulse.in_force import InForce
from dashboard.store import checks, frames, ledger
from dashboard.store.checks import Verdict
from dashboard.store.ledger import Incoming, Reject
from dashboard.store.tables import Campaign, Post
from dashboard.tally.settle import settle
from gmvboard.clock import now_ms
from tests.frames import frame
from tests.posts import feed, post
from tests.worlds import MIDNIGHT_MS, append, festival, payment

pytestmark = pytest.mark.django_db(transaction=True)
INSIDE = ["/readyz", "/metrics"]
QUIET = {"unlike_ledger": [], "degrade": {"level": 0, "name": "normal"}}


def figures(client: Client) -> dict[str, float]:
    """The board's own metrics, by name and labels."""
    lines = client.get("/metrics").content.decode().splitlines()
    told = (line.rpartition(" ") for line in lines if line.startswith("gmv_"))
    return {name: float(value) for name, _, value in told}


@pytest.mark.parametrize("address", ["127.0.0.1", "192.0.2.1"])
def test_healthz_says_ok_and_no_more_to_anybody(address: str) -> None:
    response = Client(REMOTE_ADDR=address).get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.usefixtures("redis_server")
@pytest.mark.parametrize("path", INSIDE)
@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_is_told(address: str, path: str) -> None:
    assert Client(REMOTE_ADDR=address).get(path).status_code == 200


@pytest.mark.parametrize("path", INSIDE)
@pytest.mark.parametrize("address", ["192.0.2.1", "10.0.0.1", "2001:db8::1", "", "localhost"])
def test_others_find_nothing_there(address: str, path: str) -> None:
    response = Client(REMOTE_ADDR=address).get(path)
    assert response.status_code == 404
    assert response.content == Client(REMOTE_ADDR=address).get("/nothing").content


@pytest.mark.parametrize("path", INSIDE)
@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Real-IP"])
def test_a_proxy_on_this_machine_does_not_open_it_to_the_world(header: str, path: str) -> None:
    assert Client().get(path, headers={header: "127.0.0.1"}).status_code == 404


@pytest.mark.usefixtures("redis_server")
@pytest.mark.parametrize("path", INSIDE)
def test_the_token_opens_it_from_anywhere(settings: Settings, path: str) -> None:
    settings.METRICS_TOKEN = "let me in"
    client = Client(REMOTE_ADDR="192.0.2.1")
    assert client.get(path, headers={"authorization": "Bearer let me in"}).status_code == 200
    assert client.get(path, headers={"authorization": "Bearer let me out"}).status_code == 404
    assert client.get(path, headers={"authorization": "Bearer é"}).status_code == 404


def test_without_a_token_set_an_empty_one_opens_nothing() -> None:
    client = Client(REMOTE_ADDR="192.0.2.1")
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


@pytest.mark.usefixtures("redis_server")
def test_it_is_ready_when_database_and_redis_answer() -> None:
    response = Client().get("/readyz")
    told = {"database": True, "redis": True, **QUIET}
    assert (response.status_code, response.json()) == (200, told)
    assert response["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("no_redis")
def test_it_is_not_ready_without_redis(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    response = Client().get("/readyz")
    told = {"database": True, "redis": False, **QUIET}
    assert (response.status_code, response.json()) == (503, told)


@pytest.mark.usefixtures("redis_server")
def test_figures_unlike_the_ledger_are_named_and_measured() -> None:
    for slug, agree in (("good", True), ("bad", False)):
        checks.record(festival(slug)[0].pk, Verdict(7, 1_500, agree, "" if agree else "minute"))
    assert Client().get("/readyz").json()["unlike_ledger"] == ["bad"]
    told = figures(Client())
    assert told['gmv_reconcile_ok{campaign="good"}'] == 1
    assert told['gmv_reconcile_ok{campaign="bad"}'] == 0
    assert told['gmv_reconcile_position{campaign="bad"}'] == 7
    assert told['gmv_reconcile_timestamp_seconds{campaign="bad"}'] == 1.5


@pytest.mark.usefixtures("redis_server")
def test_a_verdict_too_old_to_be_trusted_is_measured() -> None:
    now_ms = time.time_ns() // 1_000_000
    long_ago = now_ms - 2 * checks.STALE_MS
    far_off = {"start": from_ms(now_ms), "end": from_ms(now_ms + 86_400_000)}
    for slug, checked_ms in (("watched", now_ms), ("left", long_ago)):
        campaign = festival(slug)[0]
        Campaign.objects.filter(pk=campaign.pk).update(**far_off)
        checks.record(campaign.pk, Verdict(7, checked_ms, True, ""))
    told = figures(Client())
    assert told['gmv_reconcile_stale{campaign="watched"}'] == 0
    assert told['gmv_reconcile_stale{campaign="left"}'] == 1


@pytest.mark.usefixtures("redis_server")
def test_it_is_not_ready_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise DatabaseError("away")

    monkeypatch.setattr("dashboard.store.alive.database", away)
    assert Client().get("/readyz").json() == {"database": False, "redis": True, **QUIET}


@pytest.mark.usefixtures("redis_server")
def test_a_degrade_level_is_told_by_name_and_the_board_stays_ready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded = InForce(lambda: 2)
    monkeypatch.setattr(health, "in_force", loaded)
    monkeypatch.setattr(metrics, "in_force", loaded)
    response = Client().get("/readyz")
    assert response.status_code == 200
    assert response.json()["degrade"] == {"level": 2, "name": "charts"}
    assert figures(Client())['gmv_degrade_level{name="charts"}'] == 2


def test_the_metrics_tell_where_ledger_tallies_and_frames_stand(redis_server: redis.Redis) -> None:
    campaign, source = festival()
    append(source, payment("a"), payment("b"))
    settle(redis_server, campaign.pk)
    append(source, payment("c"), payment("d"), payment("e"))
    frames.put(redis_server, campaign.pk, frame(seq=7, behind_seconds=1.5, healing=True), None)
    told = figures(Client())
    expected = {
        "ledger_head": 2,
        "position": 1,
        "backlog_batches": 1,
        "backlog_events": 3,
        "frame_seq": 7,
        "behind_seconds": 1.5,
        "healing": 1,
    }
    label = '{campaign="festival"}'
    assert {name: told[f"gmv_{name}{label}"] for name in expected} == expected
    assert told["gmv_redis_up"] == 1


@pytest.mark.usefixtures("redis_server")
def test_the_metrics_count_the_quarantine() -> None:
    campaign, source = festival()
    reject = Reject(kind="held", index=0, event_id="a", reason="amount: …", raw=b"{}")
    ledger.append([Incoming.of(campaign.pk, source.pk, MIDNIGHT_MS, [], [reject])])
    told: Any = figures(Client())
    assert told['gmv_quarantined{campaign="festival",kind="held",state="waiting"}'] == 1


@pytest.mark.usefixtures("no_redis")
def test_the_metrics_count_posts_and_tell_the_age_of_what_waits() -> None:
    campaign, _ = festival()
    waiting = post(feed(), campaign_id=campaign.pk)
    Post.objects.filter(pk=waiting.pk).update(created_ms=now_ms() - 90_000)
    Post.objects.filter(pk=post(feed()).pk).update(state=Post.UNKNOWN)
    told = figures(Client())
    assert told['gmv_posts{campaign="festival",state="approved"}'] == 1
    assert told['gmv_posts{campaign="",state="unknown"}'] == 1
    assert 90 <= told['gmv_post_approved_oldest_seconds{campaign="festival"}'] < 600


@pytest.mark.usefixtures("no_redis")
def test_the_metrics_tell_of_the_ledger_without_redis_too() -> None:
    festival()
    told = figures(Client())
    assert (told["gmv_redis_up"], told['gmv_ledger_head{campaign="festival"}']) == (0, 0)
