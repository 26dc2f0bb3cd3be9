import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.worlds import festival

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uncollected")]


def config(client: Client, query: str = "") -> dict[str, Any]:
    html = client.get(f"/walls/{query}").content.decode()
    found = re.search(r'<script id="config" type="application/json">(.*?)</script>', html)
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


@pytest.fixture(autouse=True)
def three(db: None) -> None:
    festival("spring", visibility="public")
    festival("autumn", visibility="public")
    festival("secret", visibility="staff")


def test_an_address_names_walls_their_order_languages_and_seconds(client: Client) -> None:
    assert config(client, "?show=autumn,spring:zh-hans&every=45&lang=en") == {
        "lang": "en",
        "walls": ["/wall/autumn/?lang=en", "/wall/spring/?lang=zh-hans"],
        "every": 45,
        "motion": True,
    }


def test_unknown_and_hidden_campaigns_are_left_out_alike(client: Client, staff: Client) -> None:
    query = "?show=secret,spring,nobody,../admin,<script>&lang=en"
    assert config(client, query)["walls"] == ["/wall/spring/?lang=en"]
    assert config(staff, query)["walls"] == ["/wall/secret/?lang=en", "/wall/spring/?lang=en"]


@pytest.mark.parametrize("query", ["?show=secret", "?show=", "?show=,,"])
def test_where_no_wall_is_left_there_is_no_playlist(client: Client, query: str) -> None:
    assert client.get(f"/walls/{query}").status_code == 404


def test_without_a_choice_all_that_the_caller_may_see_are_shown(client: Client) -> None:
    walls = config(client, "?lang=zh")["walls"]
    assert sorted(walls) == ["/wall/autumn/?lang=zh-hans", "/wall/spring/?lang=zh-hans"]


@pytest.mark.parametrize(
    ("given", "seconds"),
    [("60", 60), ("1", 10), ("99999999999999", 3600), ("", 60), ("-5", 60), ("²", 60), ("x", 60)],
)
def test_a_wall_stays_between_10_seconds_and_an_hour(
    client: Client, given: str, seconds: int
) -> None:
    assert config(client, f"?every={given}")["every"] == seconds


def test_what_else_the_address_says_is_for_the_walls(client: Client) -> None:
    told = config(client, "?show=spring&motion=off&orbit=off&lang=en")
    assert told["walls"] == ["/wall/spring/?lang=en&motion=off&orbit=off"]
    assert told["motion"] is False


def test_walls_are_framed_by_our_own_pages_alone_and_nothing_else_is_s19(client: Client) -> None:
    wall, walls = client.get("/wall/spring/"), client.get("/walls/")
    assert "frame-ancestors 'self'" in wall["Content-Security-Policy"]
    assert wall["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src 'self'" in walls["Content-Security-Policy"]
    for page in (walls, client.get("/")):
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
        assert page["X-Frame-Options"] == "DENY"
