from bisect import bisect_left
from itertools import pairwise

import pytest

from dashboard.replay import curve, seeds

BILLION = 10**9 * curve.FEN
YEARS = seeds.curve_names()


def crossed(amount: float) -> int:
    """The second of 2012 in which the running total reached so many billion yuan."""
    return bisect_left(curve.named("2012").paid, int(amount * BILLION))


def at(offset: str) -> int:
    return seeds.seconds(offset)


@pytest.mark.parametrize("year", YEARS)
def test_every_confident_point_is_met_within_two_percent(year: str) -> None:
    paid = curve.named(year).paid
    for point in seeds.points(year):
        published = point.gmv_yuan * curve.FEN
        assert abs(paid[point.offset_seconds] - published) * 50 <= published, point


@pytest.mark.parametrize("year", YEARS)
def test_totals_only_rise_and_end_at_the_published_one(year: str) -> None:
    found = curve.named(year)
    assert all(after > before for before, after in pairwise(found.paid))
    assert all(after >= before for before, after in pairwise(found.asked))
    assert found.total == seeds.points(year)[-1].gmv_yuan * curve.FEN


@pytest.mark.parametrize("year", YEARS)
def test_the_platforms_add_up_at_every_second(year: str) -> None:
    found = curve.named(year)
    parts = [found.tmall_part(paid) for paid in found.paid]
    for (before, after), (tmall_before, tmall_after) in zip(
        pairwise(found.paid), pairwise(parts), strict=True
    ):
        assert 0 <= tmall_after - tmall_before <= after - before
    assert parts[-1] == found.tmall


def test_2012_is_on_record() -> None:
    year = curve.named("double11-2012")
    assert (year.total, year.tmall) == (1_910_000_000_000, 1_320_000_000_000)
    assert at("00:10:00") < crossed(0.25) < at("00:10:05")
    assert year.paid[at("12:00:00")] == 800_000_000_000


def test_2012_passes_last_year_at_0219_and_ten_billion_at_1338() -> None:
    assert at("02:19:00") < crossed(3.36) <= at("02:19:30")
    assert at("02:19:00") < crossed(3.37) < at("02:20:00")
    assert at("13:38:00") < crossed(10.0) < at("13:38:05")


def test_the_payments_of_2012_lag_from_0004_until_after_two() -> None:
    year = curve.named("2012")
    late = [asked - paid for asked, paid in zip(year.asked, year.paid, strict=True)]
    assert set(late[: at("00:04:00")]) == {0}
    assert min(late[at("00:10:00") : at("02:00:00")]) > 0.03 * BILLION
    assert set(late[at("02:18:00") :]) == {0}


def test_a_day_has_a_rush_a_trough_before_dawn_a_hill_and_a_last_hour() -> None:
    minutes = curve.named("2012").minutes()
    assert 5 * 60 <= minutes.index(min(minutes)) < 6 * 60
    assert max(minutes[:60]) > 10 * min(minutes)
    assert 12 * 60 <= minutes.index(max(minutes[180:])) < 14 * 60
    assert minutes[1439] > minutes[1380] > minutes[1110]


@pytest.mark.parametrize("offset", ["00:10:00", "12:00:00", "13:38:00"])
def test_there_is_no_kink_at_a_published_point(offset: str) -> None:
    minutes = curve.named("2012").minutes()
    minute = at(offset) // 60
    before, after = sum(minutes[minute - 5 : minute]), sum(minutes[minute : minute + 5])
    assert abs(after - before) * 10 < before


def test_an_unknown_year_is_answered_with_those_known() -> None:
    with pytest.raises(seeds.UnknownCurve, match=r"expected one of 2011, 2012, .*'2014'"):
        curve.named("2014")


def test_every_published_point_names_its_source() -> None:
    assert all(point.sources for year in YEARS for point in seeds.points(year))
