import csv
import io
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import polars
import pytest
import redis
from django.test import AsyncClient, Client

from dashboard.pages import exports, minutes
from dashboard.pulse.in_force import InForce
from dashboard.store.tables import Campaign, Shown, Source
from dashboard.store.tallies import key
from dashboard.tally.settle import settle
from tests.worlds import append, event, festival, payment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("world")]
ADDRESS = "/api/v1/campaigns/festival/minutes"
MINUTE_MS = 60_000


@pytest.fixture
def world(redis_server: redis.Redis) -> tuple[Campaign, Source]:
    """Payments in the minutes 0 and 2, by two platforms, and one before the window."""
    campaign, source = festival(visibility="public")
    append(
        source,
        payment("a", 100, platform="tmall", count=2),
        payment("b", 50, platform="=taobao"),
        payment("c", 30, after_ms=2 * MINUTE_MS, platform="tmall"),
        payment("d", 7, after_ms=-MINUTE_MS),
        event("payment.refunded", "e", 2 * MINUTE_MS, amount=40, platform="tmall"),
        event("topup.succeeded", "f", 2 * MINUTE_MS, amount=9),
    )
    settle(redis_server, campaign.pk)
    return campaign, source


def all_pages(**query: str) -> Any:
    """The rows of every page, following each one's `next`."""
    answer = told(**query)
    rows = answer["minutes"]
    while answer["next"]:
        answer = Client().get(answer["next"]).json()
        rows += answer["minutes"]
    return rows


def told(**query: str) -> Any:
    response = Client().get(ADDRESS, query)
    assert response.status_code == 200, response.content
    return response.json()


async def body(**query: str) -> tuple[str, bytes]:
    response = await AsyncClient().get(ADDRESS, query)
    if not response.streaming:
        return response["Content-Type"], response.content
    parts = [part async for part in response.streaming_content]  # type: ignore[attr-defined]
    return response["Content-Type"], b"".join(parts)


def test_minutes_of_the_window_are_told_and_empty_ones_left_out() -> None:
    first = {"minute": "2012-11-10T16:00:00Z", "gross": 150, "refunds": 0, "net": 150}
    third = {"minute": "2012-11-10T16:02:00Z", "gross": 30, "refunds": 40, "net": -10}
    none = {"failed": 0, "submitted": 0}
    assert told() == {
        "minutes": [
            first | {"payments": 3} | none | {"topups": 0, "topup_count": 0},
            third | {"payments": 1} | none | {"topups": 9, "topup_count": 1},
        ],
        "next": None,
    }


def test_by_a_dimension_each_minute_has_a_row_a_key() -> None:
    rows = told(by="platform")["minutes"]
    assert [(row["minute"][11:16], row["key"], row["gross"], row["net"]) for row in rows] == [
        ("16:00", "=taobao", 50, 50),
        ("16:00", "tmall", 100, 100),
        ("16:02", "tmall", 30, -10),
    ]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2012-11-10T15:00:00Z", "2012-11-10T16:00:00Z", ["15:59"]),
        ("2012-11-11T00:00:00+08:00", "2012-11-11T00:02:00+08:00", ["16:00"]),
        ("2012-11-11T00:00:00 08:00", "2012-11-11T00:03:00 08:00", ["16:00", "16:02"]),
        ("2012-11-10T16:00:00.001Z", "2012-11-10T16:02:00.001Z", ["16:02"]),
        ("2012-11-10T16:00:00Z", "2012-11-10T16:00:00Z", []),
        ("1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", ["15:59", "16:00", "16:02"]),
    ],
)
def test_the_range_is_half_open_and_may_lie_outside_the_window(
    start: str, end: str, found: list[str]
) -> None:
    rows = told(**{"from": start, "to": end})["minutes"]
    assert [row["minute"][11:16] for row in rows] == found


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "yesterday"}, "from"),
        ({"from": "2012-11-10T16:00:00"}, "from"),
        ({"to": "2012-11-10"}, "to"),
        ({"to": "2012-11-09T16:00:00Z"}, "to"),
        ({"to": "1352563200"}, "to"),
        ({"by": "weather"}, "by"),
        ({"by": "platform:gross"}, "by"),
        ({"format": "xml"}, "format"),
    ],
)
def test_a_parameter_that_is_not_understood_is_named(query: dict[str, str], field: str) -> None:
    response = Client().get(ADDRESS, query)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"].startswith(f"{field}: expected ")


@pytest.mark.parametrize("by", ["", "platform"])
@pytest.mark.parametrize("page", [1, 2, 3])
def test_pages_follow_one_another_without_a_gap(
    monkeypatch: pytest.MonkeyPatch, by: str, page: int
) -> None:
    whole = told(by=by)["minutes"]
    monkeypatch.setattr(minutes, "PAGE_ROWS", page)
    assert all_pages(by=by) == whole


async def test_csv_comes_whole_and_no_cell_is_a_formula() -> None:
    """S21."""
    kind, content = await body(format="csv", by="platform")
    assert kind == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(content.decode())))
    assert rows[0][:6] == ["minute", "key", "gross", "refunds", "net", "payments"]
    assert [row[1] for row in rows[1:]] == ["'=taobao", "tmall", "tmall"]
    assert rows[3][4] == "-10"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_takes_for_a_formula_is_quoted(start: str) -> None:
    assert exports.harmless(f"{start}1") == f"'{start}1"
    assert exports.harmless(f"1{start}") == f"1{start}"
    assert exports.harmless(-1) == -1


async def test_parquet_comes_whole_and_typed() -> None:
    kind, content = await body(format="parquet", by="platform")
    table = polars.read_parquet(io.BytesIO(content))
    assert kind == "application/vnd.apache.parquet"
    assert table["gross"].to_list() == [50, 100, 30]
    assert table["minute"][0] == datetime(2012, 11, 10, 16, tzinfo=UTC)
    assert table.schema["gross"] == polars.Int64


async def test_an_empty_range_is_an_empty_table() -> None:
    there = {"from": "2012-11-10T20:00:00Z"}
    _, parquet = await body(format="parquet", **there)
    _, text = await body(format="csv", **there)
    assert len(polars.read_parquet(io.BytesIO(parquet))) == 0
    assert text.count(b"\r\n") == 1


def test_too_many_rows_for_one_file_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MAX_PARQUET_ROWS", 1)
    response = Client().get(ADDRESS, {"format": "parquet"})
    assert (response.status_code, response.json()["detail"][:9]) == (400, "from, to:")


def test_while_the_figures_are_rebuilt_none_are_told(world: tuple[Campaign, Source]) -> None:
    Shown.objects.create(campaign=world[0], epoch=1, seq=1, position=2, snapshot=b"{}")
    response = Client().get(ADDRESS)
    assert (response.status_code, response["Retry-After"]) == (503, "2")


def test_figures_of_two_generations_are_not_mixed(
    world: tuple[Campaign, Source], redis_server: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flipped(reader: Any, first: int, end: int) -> list[int]:
        redis_server.set(key(world[0].pk, "live"), "another")
        return [1]

    monkeypatch.setattr("dashboard.store.minutes.Minutes.numbers", flipped)
    assert Client().get(ADDRESS).status_code == 503


@pytest.mark.parametrize("form", ["json", "csv", "parquet"])
def test_without_redis_the_caller_is_told_to_come_again(
    request: pytest.FixtureRequest, form: str
) -> None:
    request.getfixturevalue("no_redis")
    assert Client().get(ADDRESS, {"format": form}).status_code == 503


@pytest.mark.parametrize("query", [{"format": "csv"}, {"format": "parquet"}, {"by": "platform"}])
def test_under_load_exports_and_breakdowns_are_refused_first(
    query: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(minutes, "in_force", InForce(lambda: 1))
    answer = Client().get(ADDRESS, query)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "degrade level 1, exports" in answer.json()["detail"]
    assert Client().get(ADDRESS).status_code == 200
    monkeypatch.setattr(minutes, "in_force", InForce(lambda: 0))
    assert Client().get(ADDRESS, query).status_code == 200


def test_hostile_keys_pass_through_the_address_of_the_next_page(
    world: tuple[Campaign, Source], redis_server: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = ["a&b=c", "a:b:c", "ä%20#", "\u202e"]
    append(world[1], *(payment(quote(one), 1, category=one) for one in hostile))
    settle(redis_server, world[0].pk)
    monkeypatch.setattr(minutes, "PAGE_ROWS", 1)
    keys = [row["key"] for row in all_pages(by="category")]
    assert keys == [*sorted(["unknown", *hostile]), "unknown"]
