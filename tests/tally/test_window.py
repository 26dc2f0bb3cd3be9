"""Where a payment counts: the minute it happened in, inside the campaign's window or not."""

import pytest
import redis

from dashboard.pulse.cache import Cache
from dashboard.store import beside, tallies
from dashboard.tally.settle import settle
from tests.worlds import MIDNIGHT_MS, append, event, festival, payment

pytestmark = pytest.mark.django_db(transaction=True)
DAY_MS = 86_400_000
MINUTE = MIDNIGHT_MS // 60_000


def minutes(client: redis.Redis, campaign_id: int) -> dict[int, dict[str, int]]:
    settle(client, campaign_id)
    return tallies.changes(client, campaign_id, "", 0).minutes


@pytest.mark.parametrize(
    ("after_ms", "total"),
    [(-1, 0), (0, 100), (1, 100), (DAY_MS - 1, 100), (DAY_MS, 0), (DAY_MS + 1, 0)],
)
def test_the_window_is_half_open_to_the_millisecond_f43(
    client: redis.Redis, after_ms: int, total: int
) -> None:
    campaign, source = festival()
    append(source, payment("a", 100, after_ms=after_ms))
    settle(client, campaign.pk)
    cache = Cache(range(campaign.start_ms // 60_000, campaign.end_ms // 60_000))
    cache.take(tallies.changes(client, campaign.pk, "", 0), 0)
    assert cache.sums.total["gross"] == total


def test_a_payment_three_days_late_counts_in_its_own_minute_f24(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, payment("now", 100, after_ms=3 * DAY_MS))
    assert set(minutes(client, campaign.pk)) == {MINUTE + 3 * 1_440}
    append(source, payment("late", 7, after_ms=61_000))
    found = minutes(client, campaign.pk)
    assert {minute: row["gross"] for minute, row in found.items()} == {
        MINUTE + 1: 7,
        MINUTE + 3 * 1_440: 100,
    }


def test_a_refund_is_never_taken_from_turnover_whenever_it_comes_f26(client: redis.Redis) -> None:
    campaign, source = festival()
    append(source, event("payment.refunded", "r", amount=900, order_id="o"))
    append(source, payment("p", 100, order_id="o"))
    row = minutes(client, campaign.pk)[MINUTE]
    assert (row["gross"], row["refunds"]) == (100, 900)


def test_what_no_frame_shows_is_told_apart_some_minutes_at_a_time(client: redis.Redis) -> None:
    campaign, source = festival()
    at_once = 10
    for minute in range(at_once + 2):
        after_ms, names = minute * 60_000, {"merchant": f"m{minute}", "platform": "tmall"}
        append(source, payment(str(minute), 7, after_ms, **names))
        settle(client, campaign.pk)
    first = beside.changes(client, campaign.pk, "", 0)
    assert (len(first.minutes), first.whole) == (at_once, False)
    assert next(iter(first.minutes.values())) == {"merchant:m0": 7}
    rest = beside.changes(client, campaign.pk, first.generation, first.position)
    assert (len(rest.minutes), rest.whole, rest.position) == (2, True, at_once + 2)
    assert beside.changes(client, campaign.pk, rest.generation, rest.position).minutes == {}
