import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from django.db import connection

from dashboard.store import tallies
from dashboard.store.tables import Batch, LedgerHead, Quarantined
from dashboard.tally.rebuild import rebuild
from dashboard.tally.reconcile import reconcile
from dashboard.tally.settle import settle
from tests.tally.seen import gross, look
from tests.worlds import MIDNIGHT_MS, append, event, festival, payment

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = MIDNIGHT_MS // 60_000


def test_a_payment_is_counted_in_its_minute_and_second(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, payment("a", 250, after_ms=61_500, count=3, platform="tmall"))
    assert settle(client, campaign.pk) == "settled"
    seen = look(client, campaign.pk)
    row = seen.minutes[MINUTE + 1]
    assert (row["gross"], row["payments"], row["platform:gross:tmall"]) == (250, 3, 250)
    assert seen.seconds == {MIDNIGHT_MS // 1000 + 61: (250, 0, 3)}
    assert seen.position == 1


def test_an_event_sent_twice_counts_once_f22(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, payment("a", 100), payment("a", 100))
    settle(client, campaign.pk)
    append(source, payment("a", 100))
    settle(client, campaign.pk)
    assert gross(client, campaign.pk) == 100
    assert not Quarantined.objects.exists()


def test_the_same_id_with_another_body_is_a_conflict_and_the_first_stands_f22(
    client: redis.Redis,
) -> None:
    campaign, source = festival()
    append(source, payment("a", 100))
    append(source, payment("b", 1), payment("a", 999))
    settle(client, campaign.pk)
    assert gross(client, campaign.pk) == 101
    kept = Quarantined.objects.get()
    assert (kept.kind, kept.event_id, kept.batch_seq, kept.index) == ("conflict", "a", 2, 1)
    rebuild(client, campaign.pk)
    assert Quarantined.objects.count() == 1


def test_topups_and_refunds_are_not_turnover(client: redis.Redis) -> None:
    campaign, source = festival()
    append(
        source,
        payment("a", 100),
        event("topup.succeeded", "t", amount=5_000),
        event("payment.refunded", "r", amount=30),
        event("counter", "c", name="visits", value=7),
    )
    settle(client, campaign.pk)
    row = look(client, campaign.pk).minutes[MINUTE]
    assert (row["gross"], row["refunds"], row["topups"]) == (100, 30, 5_000)
    assert (row["topup_count"], row["counter:visits"]) == (1, 7)


def test_keys_beyond_a_dimensions_limit_count_as_other(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, *(payment(f"p{i}", 1, platform=f"k{i}") for i in range(1_000)))
    settle(client, campaign.pk)
    append(source, payment("late", 5, platform="k-late"), payment("held", 7, platform="k0"))
    settle(client, campaign.pk)
    row = look(client, campaign.pk).minutes[MINUTE]
    assert row["platform:gross:other"] == 5
    assert row["platform:gross:k0"] == 8
    assert "platform:gross:k-late" not in row


def test_buyers_are_estimated(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, *(payment(f"p{i}", buyer=f"b{i % 50}") for i in range(200)))
    settle(client, campaign.pk)
    assert tallies.buyers(client, campaign.pk, campaign.start_ms, campaign.end_ms) == 50


def test_four_workers_at_once_count_everything_once(client: redis.Redis) -> None:
    campaign, source = festival()
    shuffled = [payment(f"p{i % 700}", 3, after_ms=i % 700 * 1_000) for i in range(1_000)]
    random.Random(7).shuffle(shuffled)
    for start in range(0, 1_000, 20):
        append(source, *shuffled[start : start + 20])

    def work() -> None:
        settle(client, campaign.pk)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(work) for _ in range(8)]:
            done.result()
    settle(client, campaign.pk)
    expected = Counter((MIDNIGHT_MS + i * 1_000) // 60_000 for i in range(700))
    found = look(client, campaign.pk).minutes
    assert {m: row["gross"] for m, row in found.items()} == {m: 3 * n for m, n in expected.items()}


def test_an_emptied_redis_is_counted_anew_to_the_same_figures(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, payment("a", 100, order_id="x"), event("order.submitted", "s", order_id="y"))
    append(source, payment("b", 20), payment("a", 9))
    settle(client, campaign.pk)
    before = look(client, campaign.pk)
    client.flushall()
    settle(client, campaign.pk)
    after = look(client, campaign.pk)
    assert after.generation != before.generation
    assert (after.minutes, after.seconds, after.pending) == (
        before.minutes,
        before.seconds,
        before.pending,
    )


def test_only_what_was_touched_since_is_told_again(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, payment("a"), payment("b", after_ms=60_000))
    settle(client, campaign.pk)
    first = look(client, campaign.pk)
    append(source, payment("c", after_ms=60_000))
    settle(client, campaign.pk)
    second = tallies.changes(client, campaign.pk, first.generation, first.position)
    assert list(second.minutes) == [MINUTE + 1]
    assert second.minutes[MINUTE + 1]["gross"] == 200


def test_a_long_campaign_is_told_whole(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, *(payment(f"p{i}", 1, after_ms=i * 60_000) for i in range(900)))
    append(source, *(payment(f"q{i}", 1, after_ms=i * 60_000) for i in range(450, 950)))
    settle(client, campaign.pk)
    assert len(look(client, campaign.pk).minutes) == 950
    assert gross(client, campaign.pk) == 1_400


def test_after_a_commit_that_broke_off_half_way_everything_is_counted_anew(
    client: redis.Redis,
) -> None:
    campaign, source = festival()
    append(source, payment("a", 100))
    settle(client, campaign.pk)
    name = tallies.live_name(client, campaign.pk)
    client.set(tallies.key(campaign.pk, name, "touched"), "no sorted set")
    append(source, payment("b", 20))
    with pytest.raises(redis.ResponseError):
        settle(client, campaign.pk)
    assert settle(client, campaign.pk) == "settled"
    assert not list(client.scan_iter(match=f"*{name}*"))
    assert gross(client, campaign.pk) == 120
    assert reconcile(client, campaign.pk).differences == []


def test_late_seconds_do_not_come_back_once_they_were_forgotten(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, payment("a", after_ms=0), payment("b", after_ms=120_000))
    settle(client, campaign.pk)
    tallies.forget_seconds(client, campaign.pk, MIDNIGHT_MS + 60_000)
    append(source, payment("late", after_ms=1_000))
    settle(client, campaign.pk)
    assert list(look(client, campaign.pk).seconds) == [MIDNIGHT_MS // 1000 + 120]
    assert gross(client, campaign.pk) == 300
    assert reconcile(client, campaign.pk).differences == []


def test_ids_are_remembered_for_good_so_that_a_replay_never_counts_s4(
    client: redis.Redis,
) -> None:
    campaign, source = festival()
    append(source, payment("a"))
    settle(client, campaign.pk)
    name = tallies.live_name(client, campaign.pk)
    assert client.ttl(tallies.key(campaign.pk, name, "ids")) == -1  # no expiry
    append(source, payment("a"))
    settle(client, campaign.pk)
    assert gross(client, campaign.pk) == 100


def test_a_sum_past_64_bits_is_exact(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, *(event("counter", f"c{i}", name="n", value=2**62) for i in range(5)))
    append(source, *(payment(f"p{i}", 2**62) for i in range(3)))
    settle(client, campaign.pk)
    append(source, payment("more", 2**62))
    settle(client, campaign.pk)
    assert gross(client, campaign.pk) == 4 * 2**62
    assert look(client, campaign.pk).minutes[MINUTE]["counter:n"] == 5 * 2**62
    assert reconcile(client, campaign.pk).differences == []


def test_figures_beyond_the_ledger_are_given_up(client: redis.Redis) -> None:
    campaign, source = festival()
    for name in "abc":
        append(source, payment(name))
    settle(client, campaign.pk)
    Batch.objects.filter(seq__gt=1).delete()
    LedgerHead.objects.update(seq=1, events=1)
    settle(client, campaign.pk)
    assert (gross(client, campaign.pk), look(client, campaign.pk).position) == (100, 1)
