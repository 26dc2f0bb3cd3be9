import pytest
import redis

from dashboard.store import history, tallies
from dashboard.store.history import ClosedMinutes, Head
from dashboard.store.minutes import Minutes
from dashboard.store.tables import Batch, ClosedMinute, LedgerHead
from dashboard.tally.history import keep
from dashboard.tally.rebuild import rebuild
from dashboard.tally.settle import settle
from tests.worlds import MIDNIGHT_MS, append, event, festival, payment

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE_MS = 60_000
MINUTE = MIDNIGHT_MS // MINUTE_MS
LATER = MINUTE + 10_000


def live_and_kept(client: redis.Redis, campaign_id: int) -> list[object]:
    """Return the live figures and those kept, asked alike."""
    found: list[object] = []
    for reader in (Minutes(client, campaign_id), ClosedMinutes(campaign_id)):
        numbers = reader.numbers(0, LATER)
        whole = reader.fields(numbers, ["gross", "refunds", "payments", "counter:visits"])
        found.append((numbers, whole, reader.breakdown(numbers, "platform")))
    return found


def test_closed_minutes_are_kept_with_every_figure(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, payment("a", 250, platform="tmall", order_id="o", merchant="m:1"))
    append(source, event("order.submitted", "s", -5_000, order_id="o"))
    append(source, event("counter", "c", 90_000, name="visits", value=7))
    settle(client, campaign.pk)
    assert not keep(client, campaign.pk, LATER)
    live, kept = live_and_kept(client, campaign.pk)
    assert kept == live
    row = ClosedMinute.objects.get(by="merchant", minute=MINUTE)
    assert (row.gross, row.payments, row.position) == (250, 1, 3)
    assert history.complete(campaign.pk)


def test_the_minute_running_is_left_out_until_it_is_over(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, payment("a"), payment("b", after_ms=MINUTE_MS))
    settle(client, campaign.pk)
    keep(client, campaign.pk, MINUTE + 1)
    assert ClosedMinutes(campaign.pk).numbers(0, LATER) == [MINUTE]
    assert not history.complete(campaign.pk)
    keep(client, campaign.pk, MINUTE + 2)
    assert ClosedMinutes(campaign.pk).numbers(0, LATER) == [MINUTE, MINUTE + 1]
    assert history.complete(campaign.pk)


def test_a_late_event_renews_its_minute_and_no_other(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, payment("a"), payment("b", after_ms=MINUTE_MS))
    settle(client, campaign.pk)
    keep(client, campaign.pk, LATER)
    append(source, payment("late", 5))
    assert not history.complete(campaign.pk)
    settle(client, campaign.pk)
    keep(client, campaign.pk, LATER)
    rows = ClosedMinute.objects.filter(by="").order_by("minute")
    assert list(rows.values_list("gross", "position")) == [(105, 2), (100, 1)]
    assert history.complete(campaign.pk)


def test_kept_again_changes_nothing(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, payment("a"))
    settle(client, campaign.pk)
    keep(client, campaign.pk, LATER)
    before = list(ClosedMinute.objects.order_by("by").values())
    keep(client, campaign.pk, LATER)
    assert list(ClosedMinute.objects.order_by("by").values()) == before


def test_an_emptied_redis_leaves_the_history_as_it_was(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, payment("a"))
    append(source, payment("b"))
    settle(client, campaign.pk)
    keep(client, campaign.pk, LATER)
    client.flushall()
    keep(client, campaign.pk, LATER)
    assert history.complete(campaign.pk)
    assert not Minutes(client, campaign.pk).whole()
    settle(client, campaign.pk)
    keep(client, campaign.pk, LATER)
    assert history.head(campaign.pk).generation == tallies.live_name(client, campaign.pk)


def test_a_rebuild_puts_right_what_was_kept_wrong(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, payment("a"))
    settle(client, campaign.pk)
    name = tallies.live_name(client, campaign.pk)
    client.hset(tallies.key(campaign.pk, name, f"m:{MINUTE}"), "total", "101 0 1")
    client.zadd(tallies.key(campaign.pk, name, "touched"), {str(MINUTE - 5): 1})
    keep(client, campaign.pk, LATER)
    assert ClosedMinutes(campaign.pk).fields([MINUTE], ["gross"]) == [[101]]
    rebuild(client, campaign.pk)
    keep(client, campaign.pk, LATER)
    assert ClosedMinutes(campaign.pk).fields([MINUTE], ["gross"]) == [[100]]
    assert ClosedMinutes(campaign.pk).numbers(0, LATER) == [MINUTE]


def test_many_minutes_are_kept_a_part_a_call(
    client: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.tally.history.MOST_MINUTES", 40)
    campaign, source = festival()
    append(source, *(payment(f"p{i}", after_ms=i * MINUTE_MS) for i in range(100)))
    settle(client, campaign.pk)
    assert [keep(client, campaign.pk, LATER) for _ in range(3)] == [True, True, False]
    live, kept = live_and_kept(client, campaign.pk)
    assert kept == live


def test_a_ledger_put_back_to_an_earlier_state_takes_its_history_with_it(
    client: redis.Redis,
) -> None:
    campaign, source = festival()
    append(source, payment("a"))
    append(source, payment("b"))
    settle(client, campaign.pk)
    keep(client, campaign.pk, LATER)
    Batch.objects.filter(seq=2).delete()
    LedgerHead.objects.update(seq=1, events=1)
    settle(client, campaign.pk)
    keep(client, campaign.pk, LATER)
    assert ClosedMinutes(campaign.pk).fields([MINUTE], ["gross"]) == [[100]]
    assert history.head(campaign.pk).position == 1


def test_nothing_counted_nothing_kept(client: redis.Redis) -> None:
    campaign, _ = festival()
    assert not keep(client, campaign.pk, LATER)
    assert history.head(campaign.pk) == Head()
