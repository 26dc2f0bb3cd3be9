"""Campaigns in yen and in dinars, from what the door admits to the frame and the minutes."""

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
import redis
from django.test import Client

from dashboard.accept.admission import JSON, admit
from dashboard.core.rate_file import Row
from dashboard.pulse import facts
from dashboard.pulse.channel import Channel
from dashboard.pulse.source import RedisSource
from dashboard.store import ledger, rates
from dashboard.store.keys import facts_of
from dashboard.store.tables import Campaign, Quarantined, Source
from dashboard.tally.rebuild import rebuild
from dashboard.tally.reconcile import reconcile
from dashboard.tally.settle import settle
from tests.worlds import MIDNIGHT_MS, festival

pytestmark = pytest.mark.django_db(transaction=True)
NOW = MIDNIGHT_MS + 60_000
PAST = datetime(2012, 1, 1, tzinfo=UTC)


class Board:
    """A campaign that accepts other currencies, with its door, tally and pulse."""

    def __init__(self, client: redis.Redis, currency: str, **rated: str) -> None:
        self.client = client
        self.campaign, self.source = opened(currency)
        rates.add(self.campaign, [Row(one, PAST, rate) for one, rate in rated.items()])

    def send(self, *events: dict[str, Any]) -> None:
        body = json.dumps([event(n, **fields) for n, fields in enumerate(events)]).encode()
        ledger.append([admit(facts_of(self.campaign), self.source.pk, body, JSON, NOW).incoming])
        settle(self.client, self.campaign.pk)

    def turnover(self) -> Any:
        channel = Channel(RedisSource(self.client), facts.read(self.campaign, "1"), NOW)
        told = channel.tick(NOW, slow=True)
        assert told
        return msgspec.json.decode(told)["turnover"]

    def minutes(self, **query: str) -> list[tuple[Any, ...]]:
        page = Client().get("/api/v1/campaigns/festival/minutes", query).json()
        return [
            (row.get("key"), row["gross"], row["refunds"], row["net"]) for row in page["minutes"]
        ]


def opened(currency: str) -> tuple[Campaign, Source]:
    return festival(currency=currency, visibility="public")


def event(number: int, **fields: Any) -> dict[str, Any]:
    at = "2012-11-11T00:00:01+08:00"
    return {"id": f"e-{number}", "type": "payment.succeeded", "occurred_at": at, **fields}


def test_yen_have_no_decimals(redis_server: redis.Redis) -> None:
    board = Board(redis_server, "JPY", CNY="12.755", KWD="283.1")
    board.send(
        {"amount": 1_000, "currency": "JPY", "platform": "a"},
        {"amount": 10_000, "currency": "CNY", "platform": "b"},  # ¥100.00 are 1,275.5 yen
        {"amount": 1_000, "currency": "KWD", "platform": "b"},  # KD 1.000 is 283.1 yen
    )
    gross = 1_000 + 1_276 + 283
    assert board.turnover() == {
        "gross": gross, "refunds": 0, "net": gross, "currency": "JPY", "exponent": 0,
    }  # fmt: skip
    assert board.minutes(by="platform") == [("a", 1_000, 0, 1_000), ("b", 1_559, 0, 1_559)]


def test_dinars_have_three_decimals_and_a_net_below_nought_says_so(
    redis_server: redis.Redis,
) -> None:
    board = Board(redis_server, "KWD", JPY="1/283", USD="0.3072")
    board.send(
        {"amount": 1_500, "currency": "KWD", "platform": "a"},
        {"amount": 100, "currency": "USD", "platform": "b"},  # $1.00 is KD 0.3072
        {"amount": 500, "currency": "JPY", "platform": "b", "type": "payment.refunded"},
    )
    assert board.turnover() == {
        "gross": 1_807, "refunds": 1_767, "net": 40, "currency": "KWD", "exponent": 3,
    }  # fmt: skip
    assert board.minutes() == [(None, 1_807, 1_767, 40)]
    assert board.minutes(by="platform") == [("a", 1_500, 0, 1_500), ("b", 307, 1_767, -1_460)]


def test_a_rate_that_is_corrected_moves_nothing_that_was_counted(
    redis_server: redis.Redis,
) -> None:
    board = Board(redis_server, "CNY", USD="6.2384")
    dollars = {"amount": 100, "currency": "USD"}
    board.send(dollars)
    rates.add(board.campaign, [Row("USD", PAST, "7")])
    board.send(dollars, dollars)  # the first one again, and another
    rebuild(redis_server, board.campaign.pk)
    assert board.turnover()["gross"] == 624 + 700
    assert not Quarantined.objects.exists()
    assert reconcile(redis_server, board.campaign.pk).differences == []
