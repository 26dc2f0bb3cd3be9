import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.core import figures
from dashboard.core.figures import Money, Parts
from dashboard.core.scales import HERO

TABLE = json.loads((Path(__file__).parent.parent / "figures.json").read_text())
WITH_MONEY = {"hero", "digits", "compact", "estimate", "milestone", "milestone_in_words", "band"}


def call(name: str, arguments: list[Any]) -> Any:
    """What is read of a figure."""
    found = figure(name, arguments)
    return found.text if isinstance(found, Parts) else found


def figure(name: str, arguments: list[Any]) -> Any:
    """What the function of this name returns for a row's arguments."""
    if name in WITH_MONEY:
        *amounts, currency, exponent, lang = arguments
        arguments = [*amounts, Money(currency, exponent), lang]
    return getattr(figures, name)(*arguments)


@pytest.mark.parametrize(("name", "arguments", "text"), TABLE)
def test_a_figure_reads_as_in_the_table_that_the_browser_is_held_to(
    name: str, arguments: list[Any], text: str | None
) -> None:
    assert call(name, arguments) == text


def test_the_table_has_every_function_in_both_languages() -> None:
    assert {name for name, _, _ in TABLE} >= WITH_MONEY | {"count", "times", "share", "success"}
    assert len(TABLE) >= 200


AMOUNTS = st.integers(0, 9 * 10**15) | st.builds(
    lambda power, step: max(0, 10**power + step), st.integers(2, 15), st.integers(-300, 300)
)
UNITS = {"K": 10**3, "M": 10**6, "B": 10**9, "thousand": 10**3, "million": 10**6, "billion": 10**9}


def worth(parts: Parts) -> Fraction:
    """What is read, in whole currency units."""
    chinese: int = 10 ** (4 * parts.unit.count("万") + 8 * parts.unit.count("亿"))
    return Fraction(parts.number.replace(",", "")) * int(UNITS.get(parts.unit, chinese))


@pytest.mark.parametrize("lang", ["en", "zh-hans"])
@pytest.mark.parametrize("name", ["hero", "compact", "milestone", "milestone_in_words"])
@given(amount=AMOUNTS, currency=st.sampled_from([("CNY", 2), ("JPY", 0), ("USD", 2), ("KWD", 3)]))
def test_no_amount_is_shown_above_the_true_one(
    name: str, lang: str, amount: int, currency: tuple[str, int]
) -> None:
    shown, true = (
        worth(figure(name, [amount, *currency, lang])),
        Fraction(amount, 10 ** currency[1]),
    )
    assert shown <= true
    assert shown > true / 2 or true < 1


@pytest.mark.parametrize("lang", ["en", "zh-hans"])
@given(value=AMOUNTS)
def test_no_count_is_shown_above_the_true_one(lang: str, value: int) -> None:
    shown = worth(figure("count", [value, lang]))
    assert value * Fraction(9, 10) <= shown <= value


@given(rate=st.integers(0, 10_000))
def test_no_success_rate_is_shown_above_the_true_one(rate: int) -> None:
    assert Fraction(figures.success(rate / 10_000).rstrip("%")) <= Fraction(rate, 100)


def test_the_table_has_several_currencies_twelve_digits_and_both_sides_of_each_threshold() -> None:
    rows = [arguments for name, arguments, _ in TABLE if name in WITH_MONEY]
    assert len({tuple(arguments[-3:-1]) for arguments in rows}) >= 5
    amounts = {amount for *some, _, _, _ in rows for amount in some}
    assert any(amount >= 10**13 for amount in amounts)  # fen of 12 digits of yuan
    for lang, scale in HERO.items():
        yuan = {
            arguments[0] for name, arguments, _ in TABLE if name == "hero" and lang in arguments
        }
        for step in scale[1:]:
            below = [one for one in yuan if one < step.start * 100 <= one * 1.01]
            assert below and step.start * 100 in yuan, (lang, step)


def test_a_total_is_never_shown_before_it_is_true() -> None:
    yuan = Money("CNY", 2)
    for total in (10**9, 10**10, 10**11, 10**12):
        short = figures.hero(total * 100 - 1, yuan, "en").text
        assert short != figures.hero(total * 100, yuan, "en").text
