"""The books against the tally, on ledgers of every kind of event in every order."""

import random

import polars
import pytest
import redis

from dashboard.core.events import Entry
from dashboard.core.orders import Order
from dashboard.store.ledger import CorruptBatch
from dashboard.store.tables import Batch, Source
from dashboard.tally.anew import steps, sums
from dashboard.tally.anew.books import Books
from dashboard.tally.anew.refunds import Overrefunded
from dashboard.tally.reconcile import reconcile
from dashboard.tally.settle import settle
from tests.worlds import append, event, festival, payment

pytestmark = pytest.mark.django_db(transaction=True)
TYPES = ("order.submitted", "payment.succeeded", "payment.failed", "payment.refunded")


def anything(chance: random.Random, number: int) -> Entry:
    """Return any event: of few orders and few keys, half an hour apart, some huge."""
    after_ms = chance.choice([0, 1, 59_999, 60_000, 901_000, chance.randrange(1_800_000)])
    id_ = f"e{chance.randrange(number + 3)}"  # now and then one that came before
    fields = {
        name: chance.choice(["", "a", "b", "other", "unknown", "早", f"{name}{number}"])
        for name in ("platform", "category", "region", "channel", "merchant", "buyer")
    }
    kind = chance.choice([*TYPES, *TYPES, "topup.succeeded", "counter"])
    if kind == "counter":
        return event(kind, id_, after_ms, name=chance.choice("xy"), value=chance.randrange(-5, 9))
    fields["order_id"] = chance.choice(["", *"opqrst", f"order-{number}"])
    amount = chance.choice([0, 7, 10**12, 2**62])
    count = chance.choice([1, 1, 3])
    return event(kind, id_, after_ms, amount=amount, count=count, **fields)


@pytest.mark.parametrize("seed", range(12))
def test_the_books_and_the_tally_agree_whatever_came(
    client: redis.Redis, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr("dashboard.tally.anew.books.EVENTS_A_FRAME", 11)
    monkeypatch.setattr(sums, "_MOST_ROWS", 40)
    monkeypatch.setattr("dashboard.core.keys.MAX_COUNTERS", 1)
    chance = random.Random(seed)
    campaign, source = festival()
    other = Source.objects.create(campaign=campaign, name="other")
    entries = [anything(chance, number) for number in range(400)]
    while entries:
        size = chance.randrange(1, 20)
        append(chance.choice([source, source, other]), *entries[:size])
        entries = entries[size:]
        if chance.random() < 0.3:
            settle(client, campaign.pk)
    settle(client, campaign.pk)
    report = reconcile(client, campaign.pk)
    assert report.differences == []
    assert report.conflicts > 0 and report.events > 200


def held(books: Books) -> dict[str, Order]:
    return {order_id: Order(*state) for order_id, state in books.orders()}  # type: ignore[arg-type]


def test_orders_go_on_from_one_frame_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.tally.anew.books.EVENTS_A_FRAME", 1)
    campaign, source = festival()
    append(source, event("order.submitted", "s", order_id="o", count=2))
    append(source, payment("p", after_ms=2_500, order_id="o", platform="tmall"))
    books = Books(campaign.pk)
    books.follow(1)
    assert held(books)["o"].state == "open"
    assert sum(books.tally().pending.values()) == 2
    books.follow(2)
    (minute,) = books.tally().minutes.values()
    assert held(books)["o"].state == "paid"
    assert (minute["platform:paid_ms:tmall"], minute["platform:paid_le_5:tmall"]) == (5_000, 2)
    assert books.tally().pending == {}


def test_an_order_is_forgotten_a_quarter_of_an_hour_after_it_closed() -> None:
    campaign, source = festival()
    append(source, payment("p", order_id="o"), payment("q", after_ms=900_000))
    append(source, payment("r", after_ms=900_001))
    books = Books(campaign.pk)
    books.follow(1)
    assert list(held(books)) == ["o"]
    books.follow(2)
    assert held(books) == {}


def test_plain_histories_are_not_followed_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    stepped: list[int] = []

    def noted(events: polars.DataFrame, before: polars.DataFrame) -> steps.Followed:
        stepped.append(len(events))
        return steps.follow(events, before)

    monkeypatch.setattr("dashboard.tally.anew.orders.follow", noted)
    campaign, source = festival()
    append(source, event("order.submitted", "s1", order_id="o"), payment("p1", order_id="o"))
    append(source, payment("p2", order_id="p"), event("order.submitted", "s3", order_id="q"))
    append(source, payment("p3", order_id="p"))
    Books(campaign.pk).follow(2)
    assert stepped == [0]


def test_an_order_refunded_above_what_it_paid_is_found() -> None:
    campaign, source = festival()
    append(source, payment("a", 100, order_id="fine"), payment("b", 30, order_id="twice"))
    append(source, event("payment.refunded", "r1", amount=100, order_id="fine"))
    append(source, event("payment.refunded", "r2", amount=20, order_id="twice"))
    append(source, event("payment.refunded", "r2", amount=20, order_id="twice"))
    append(source, event("payment.refunded", "r3", amount=20, order_id="twice"))
    append(source, event("payment.refunded", "r4", amount=9, order_id="never paid"))
    append(source, event("payment.refunded", "r5", amount=9))
    books = Books(campaign.pk)
    books.follow(7)
    assert books.refunded_above_paid() == [
        Overrefunded("twice", 30, 40),
        Overrefunded("never paid", 0, 9),
    ]


def test_a_batch_that_holds_other_than_events_is_said() -> None:
    campaign, source = festival()
    append(source, payment("a"))
    Batch.objects.update(count=2)
    with pytest.raises(CorruptBatch, match="events are missing"):
        Books(campaign.pk).follow(1)
