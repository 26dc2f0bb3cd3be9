from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.core import rates
from dashboard.core.money import EXPONENTS, MAX_AMOUNT

CURRENCIES = st.sampled_from(["CNY", "JPY", "KWD", "BHD", "USD", "KRW"])
DECIMALS = st.decimals("0.000000000001", "999999999999", places=12).map("{:f}".format)
FRACTIONS = st.tuples(st.integers(1, 10**15 - 1), st.integers(1, 10**15 - 1)).map(
    lambda pair: "{}/{}".format(*pair)
)


@given(st.integers(0, MAX_AMOUNT), DECIMALS | FRACTIONS, CURRENCIES, CURRENCIES)
def test_an_amount_is_converted_as_fractions_say_and_rounded_half_even(
    amount: int, text: str, currency: str, into: str
) -> None:
    major = Fraction(amount, 10 ** EXPONENTS[currency]) * Fraction(text)
    exact = major * 10 ** EXPONENTS[into]
    assert rates.convert(amount, rates.ratio(text, currency, into)) == round(exact)


@given(st.integers(0, 10**9), st.integers(1, 50))
def test_halves_go_to_the_even_one(whole: int, denominator: int) -> None:
    half = rates.convert((2 * whole + 1) * denominator, (1, 2 * denominator))
    assert half == whole + whole % 2


@pytest.mark.parametrize(
    ("amount", "text", "currency", "into", "converted"),
    [
        (100, "6.2384", "USD", "CNY", 624),  # $1.00 is ¥6.2384
        (1, "0.0784", "JPY", "CNY", 8),  # 7.84 fen: one yen is a whole unit
        (1, "22.2", "KWD", "CNY", 2),  # a fils is a thousandth: 2.22 fen
        (1_000, "22.2", "KWD", "JPY", 22),
        (5, "1/10", "USD", "CNY", 0),  # half a fen, to the even nought
        (15, "1/10", "USD", "CNY", 2),  # one and a half, to the even two
        (0, "6.2384", "USD", "CNY", 0),
        (MAX_AMOUNT, "1", "USD", "CNY", MAX_AMOUNT),
    ],
)
def test_zero_and_three_decimals_count(
    amount: int, text: str, currency: str, into: str, converted: int
) -> None:
    assert rates.convert(amount, rates.ratio(text, currency, into)) == converted


def test_a_rate_holds_from_its_instant_until_the_next_one() -> None:
    found = rates.dated([("USD", 2_000, "7"), ("USD", 1_000, "6")], "CNY")["USD"]
    assert [found.at(at) for at in (999, 1_000, 1_999, 2_000, 10**15)] == [
        None, (6, 1), (6, 1), (7, 1), (7, 1),
    ]  # fmt: skip


@given(st.dictionaries(st.integers(0, 50), st.integers(1, 9)), st.integers(-1, 51))
def test_the_rate_is_the_newest_one_not_after_the_event(found: dict[int, int], at: int) -> None:
    dated = rates.dated([("USD", since, str(rate)) for since, rate in found.items()], "CNY")
    before = [since for since in found if since <= at]
    expected = (found[max(before)], 1) if before else None
    assert (dated["USD"].at(at) if dated else None) == expected


def test_a_currency_that_is_no_longer_known_disturbs_no_other() -> None:
    rows = [("ZZZ", 0, "6"), ("USD", 0, "7")]
    assert list(rates.dated(rows, "CNY")) == ["USD"]
    assert rates.dated(rows, "ZZZ") == {}


def test_of_two_from_one_instant_the_later_entry_holds() -> None:
    found = rates.dated([("USD", 0, "6"), ("USD", 0, "7")], "CNY")["USD"]
    assert found == rates.Dated((0,), ((7, 1),))


@pytest.mark.parametrize(
    "text",
    ["", "0", "0.0", "-1", "+1", "1e3", "1_000", "٣", "１", " 1", "1,5", ".5", "5.", "NaN", "inf",
     "1/0", "0/1", "1/-1", "1" * 13, "1.0000000000001", "0x1"],
)  # fmt: skip
def test_what_is_no_exact_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="rate: expected a decimal above 0"):
        rates.read(text)
