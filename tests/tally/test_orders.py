import pytest
import redis

from dashboard.store.generation import Generation
from dashboard.tally.reconcile import reconcile
from dashboard.tally.settle import settle
from tests.tally.seen import gross, look
from tests.worlds import MIDNIGHT_MS, append, event, festival, payment

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = MIDNIGHT_MS // 60_000


def test_an_order_is_open_until_it_is_paid_and_its_time_is_kept(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, event("order.submitted", "s", order_id="o", count=4))
    settle(client, campaign.pk)
    assert look(client, campaign.pk).pending == {MIDNIGHT_MS // 1000: 4}
    append(source, payment("p", after_ms=2_500, order_id="o", count=4, platform="tmall"))
    settle(client, campaign.pk)
    seen = look(client, campaign.pk)
    assert seen.pending == {}
    assert seen.minutes[MINUTE]["platform:paid_ms:tmall"] == 4 * 2_500
    assert seen.minutes[MINUTE]["platform:paid_le_5:tmall"] == 4


def test_a_refund_names_an_order_that_nobody_remembers(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, event("payment.refunded", "r", amount=5, order_id="long-ago"))
    append(source, event("counter", "c", name="visits", value=1, order_id="o"), payment("a"))
    assert settle(client, campaign.pk) == "settled"
    assert gross(client, campaign.pk) == 100
    assert reconcile(client, campaign.pk).differences == []


def test_closed_orders_are_forgotten_and_open_ones_never(client: redis.Redis) -> None:
    campaign, source = festival()
    minutes = 60_000
    for name in ("open", "paid", "again"):
        append(source, event("order.submitted", f"s-{name}", order_id=name))
    append(source, payment("p", order_id="paid"), event("payment.failed", "f", order_id="again"))
    settle(client, campaign.pk)
    append(source, payment("p2", after_ms=10 * minutes, order_id="again"))
    settle(client, campaign.pk)
    generation = Generation.current(client, campaign.pk)
    for after, left in ((15 * minutes, 3), (16 * minutes, 2), (26 * minutes, 1)):
        append(source, payment(f"later-{after}", after_ms=after))
        settle(client, campaign.pk)
        assert len(generation.packed_orders()) == left
        assert reconcile(client, campaign.pk).differences == []
    assert not client.exists(generation.prefix + f"closed:{MINUTE}", generation.prefix + "closing")
