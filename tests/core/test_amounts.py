import pytest

from dashboard.core import measures
from dashboard.core.amounts import read_amount, read_seconds
from dashboard.core.ladders import bulletins, ladder


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("10亿", 100_000_000_000),
        ("10000000000", 1_000_000_000_000),
        ("10,000,000,000", 1_000_000_000_000),
        ("1e8", 10_000_000_000),
        ("2.5 billion", 250_000_000_000),
        ("2.5B", 250_000_000_000),
        ("33.6亿", 336_000_000_000),
        ("1.23", 123),
        ("1万亿", 100_000_000_000_000),
        ("9007199254740993", 900_719_925_474_099_300),  # no float
    ],
)
def test_amounts_are_read_exactly(text: str, amount: int) -> None:
    assert read_amount(text, exponent=2) == amount


@pytest.mark.parametrize(
    "text", ["", "-1", "1.234", "ten", "1e", "1 zillion", "0x10", "１０", "nan"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        read_amount(text, exponent=2)


@pytest.mark.parametrize(
    ("text", "seconds"), [("60", 60), ("10m", 600), ("2h", 7200), ("1 d", 86_400)]
)
def test_times_are_read_in_seconds(text: str, seconds: int) -> None:
    assert read_seconds(text) == seconds


@pytest.mark.parametrize("text", ["", "h", "1.5h", "-60", "2 fortnights"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a time"):
        read_seconds(text)


def test_a_ladder_has_one_two_and_five_of_each_power_between_both_ends() -> None:
    assert ladder(100, 1_000) == [100, 200, 500, 1_000]
    assert ladder(150, 600) == [200, 500]
    assert ladder(0, 5) == [1, 2, 5]
    assert ladder(7, 3) == []


def test_bulletins_come_after_a_minute_ten_minutes_and_each_hour_but_the_last() -> None:
    assert bulletins(3 * 3_600) == [60, 600, 3_600, 7_200]
    assert bulletins(60) == []


@pytest.mark.parametrize(
    ("kind", "text", "amount"),
    [
        ("amount", "10000000000", 1_000_000_000_000),
        ("amount", "0.05", 5),
        ("orders", "1000", 1_000),
        ("multiple", "1.5", 1_500),
        ("bulletin", "3600", 3_600),
    ],
)
def test_an_amount_is_typed_and_read_in_the_measure_of_its_kind(
    kind: str, text: str, amount: int
) -> None:
    assert measures.read(kind, text, exponent=2) == amount
    assert measures.write(kind, amount, exponent=2) == text
