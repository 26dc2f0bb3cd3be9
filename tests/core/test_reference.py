import pytest

from dashboard.core.reference import Curve, multiple


@pytest.mark.parametrize(
    ("elapsed", "to_now"), [(-1, 0), (0, 0), (1, 100), (2, 150), (3, 175), (99, 175)]
)
def test_the_reference_is_taken_at_the_same_minute(elapsed: int, to_now: int) -> None:
    assert Curve([100, 50, 25], 175, 3).to_now(elapsed) == to_now


def test_a_year_of_which_only_the_total_is_known_is_compared_at_the_end() -> None:
    curve = Curve([], 500, 10)
    assert [curve.to_now(9), curve.to_now(10)] == [0, 500]


def test_a_curve_shorter_than_an_extended_window_stands_at_its_total() -> None:
    assert Curve([100, 50], 150, 3).to_now(2) == 150


def test_within_a_quarter_of_an_hour_a_key_keeps_its_share_of_the_curve() -> None:
    curve = Curve([900, 50, 50], 1000, 3)
    points = [[0, 0], [3, 100]]
    assert [curve.share_to_now(points, minute) for minute in (0, 1, 2, 3, 4)] == [
        0,
        90,
        95,
        100,
        100,
    ]


def test_a_key_without_a_curve_grows_evenly() -> None:
    assert Curve([], 1000, 3).share_to_now([[0, 0], [3, 99]], 1) == 33


@pytest.mark.parametrize(
    ("gross", "to_now", "times"),
    [
        (600, 100, 6.0),
        (1, 3, 0.33),
        (2, 3, 0.67),
        (1005, 1000, 1.01),
        (1004, 1000, 1.0),
        (0, 5, 0.0),
    ],
)
def test_the_multiple_has_two_decimals_half_up(gross: int, to_now: int, times: float) -> None:
    assert multiple(gross, to_now) == times


def test_there_is_no_multiple_of_nothing() -> None:
    assert multiple(5, 0) is None


def test_the_multiple_is_exact_where_floats_are_not() -> None:
    assert multiple(9_007_199_254_740_993, 9_007_199_254_740_993_000) == 0.0
    assert multiple(5 * 10**15 + 5 * 10**13 - 1, 10**15 * 10) == 0.5
