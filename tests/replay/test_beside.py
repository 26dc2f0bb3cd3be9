from random import Random

import pytest

from dashboard.replay import beside, curve, seeds
from dashboard.replay.mix import mix, table


@pytest.mark.parametrize(
    ("year", "first", "day"), [("2012", 10_000_000, 213_000_000), ("2011", 3_420_000, 88_000_000)]
)
def test_the_first_minute_has_the_visits_on_record(year: str, first: int, day: int) -> None:
    visits = beside.visits(curve.named(year), seeds.year_seed(year))
    assert (sum(visits[:60]), sum(visits), len(visits)) == (first, day, 86_400)
    assert min(visits) > 0


def test_refunds_begin_after_an_hour_and_stay_small() -> None:
    year = curve.named("2012")
    refunds = list(beside.refunds(year, Random("a test")))
    assert refunds[0].at_ms >= 3_600_000
    assert year.total // 390 > sum(refund.amount for refund in refunds) > year.total // 1000
    assert min(refund.amount for refund in refunds) > 0


def test_topups_keep_to_a_part_of_the_turnover() -> None:
    year = curve.named("2012")
    topups = list(beside.topups(year, Random("a test")))
    assert 0.011 < sum(topup.amount for topup in topups) / year.total <= 0.012
    assert [topup.number for topup in topups] == list(range(1, len(topups) + 1))


def test_a_table_holds_each_key_by_its_share() -> None:
    assert table([("a", 3), ("b", 2), ("c", 2)], 8) == [*"aaaabbcc"]
    assert table([("a", 1), ("b", 0)], 3) == ["a"] * 3


def test_every_province_and_category_can_be_drawn() -> None:
    drawn = mix()
    assert set(drawn.regions) == {key.key for key in seeds.labels()["region"]}
    assert len(set(drawn.regions)) == 31
    assert {goods.key for goods in drawn.goods} == {k.key for k in seeds.labels()["category"]}
