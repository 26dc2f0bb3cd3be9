import pytest
import redis

from dashboard.store import tallies
from dashboard.tally.rebuild import rebuild
from dashboard.tally.reconcile import reconcile
from dashboard.tally.settle import settle
from tests.worlds import MIDNIGHT_MS, append, event, festival, payment

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = MIDNIGHT_MS // 60_000


def test_reconcile_agrees_and_names_a_figure_altered_by_hand(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, payment("a", 100, order_id="o", buyer="b"), payment("a", 5))
    append(source, event("order.submitted", "s", order_id="q"), event("payment.failed", "f"))
    settle(client, campaign.pk)
    assert reconcile(client, campaign.pk).differences == []
    name = tallies.live_name(client, campaign.pk)
    client.hset(tallies.key(campaign.pk, name, f"m:{MINUTE}"), "total", "101 0 1 1 1")
    report = reconcile(client, campaign.pk)
    assert report.differences == [f"minute {MINUTE} gross: ledger 100, board 101"]
    rebuild(client, campaign.pk)
    assert reconcile(client, campaign.pk).differences == []


@pytest.mark.parametrize(
    "field", [f"s:{MINUTE}", f"b:{MINUTE // 60}", "pending", "orders", "keys:platform", "ids"]
)
def test_reconcile_sees_every_kind_of_figure(client: redis.Redis, field: str) -> None:
    campaign, source = festival()
    append(source, payment("a", 100, platform="tmall", buyer="b"))
    append(source, event("order.submitted", "s", order_id="q"))
    settle(client, campaign.pk)
    assert client.delete(tallies.key(campaign.pk, tallies.live_name(client, campaign.pk), field))
    assert reconcile(client, campaign.pk).differences


def test_reconcile_says_what_was_not_counted(
    client: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, source = festival()
    append(source, payment("a"))
    monkeypatch.setattr("dashboard.tally.reconcile._CATCH_UP_S", 0.0)
    assert reconcile(client, campaign.pk).differences == ["position: ledger 1, board 0"]


def test_reconcile_sees_buyers_of_an_hour_that_had_none(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, payment("a"))
    settle(client, campaign.pk)
    name = tallies.live_name(client, campaign.pk)
    client.pfadd(tallies.key(campaign.pk, name, "b:1"), "somebody")
    assert reconcile(client, campaign.pk).differences == [
        "buyers of hour 1: ledger about 0, board about 1"
    ]
