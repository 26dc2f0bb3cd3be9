import pytest

from dashboard.core.events import Entry
from dashboard.tally.recount import Recount
from tests.worlds import MIDNIGHT_MS, append, festival, payment

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = MIDNIGHT_MS // 60_000


def test_a_recount_stops_when_its_time_is_up_and_goes_on_from_there() -> None:
    campaign, source = festival()
    for number in range(3):
        append(source, *(payment(f"{number}-{i}", 2) for i in range(5_000)))
    recount = Recount(campaign.pk)
    assert not recount.follow(3, seconds=0)
    assert recount.position == 1
    assert recount.follow(3, seconds=60)
    assert recount.minutes[MINUTE]["gross"] == 30_000


def test_a_recount_is_exact_past_64_bits() -> None:
    campaign, source = festival()
    huge: list[Entry] = [payment(f"p{i}", 2**62, after_ms=i % 2 * 60_000) for i in range(9)]
    append(source, *huge)
    recount = Recount(campaign.pk)
    recount.follow(1, seconds=60)
    assert recount.total("gross", range(MINUTE, MINUTE + 2)) == 9 * 2**62
