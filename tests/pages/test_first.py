"""The figures that a wall's page brings along."""

import json
import re
from typing import Any

import pytest
import redis
from django.test import Client

from dashboard.store import frames as stored
from tests.frames import frame, snapshot
from tests.worlds import festival

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uncollected")]


def first(client: Client) -> Any:
    html = client.get("/wall/festival/").content.decode()
    found = re.search(r'<script id="first" type="application/json">(.*?)</script>', html)
    assert found
    return json.loads(found[1])


def test_a_wall_brings_its_newest_figures_but_no_minutes_and_no_names(
    client: Client, redis_server: redis.Redis
) -> None:
    campaign, _ = festival(visibility="public")
    stored.put(redis_server, campaign.pk, frame(seq=5), snapshot(seq=4))
    brought = first(client)
    assert (brought["seq"], brought["minutes"], "by" in brought) == (5, [], False)
    assert brought["turnover"]["gross"] == json.loads(frame(seq=5))["turnover"]["gross"]


@pytest.mark.usefixtures("redis_server")
def test_a_wall_without_figures_brings_none(client: Client) -> None:
    festival(visibility="public")
    assert first(client) is None


@pytest.mark.usefixtures("no_redis")
def test_a_wall_is_served_where_figures_cannot_be_read(client: Client) -> None:
    festival(visibility="public")
    assert first(client) is None
