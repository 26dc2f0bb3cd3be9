import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.core import figures
from dashboard.core.figures import Money, Parts

TABLE = json.loads((Path(__file__).parent.parent / "figures.json").read_text())
WITH_MONEY = {"hero", "digits", "compact", "estimate", "milestone", "milestone_in_words", "band"}


def call(name: str, arguments: list[Any]) -> Any:
    if name in WITH_MONEY:
        *amounts, currency, exponent, lang = arguments
        arguments = [*amounts, Money(currency, exponent), lang]
    found = getattr(figures, name)(*arguments)
    return found.text if isinstance(found, Parts) else found


@pytest.mark.parametrize(("name", "arguments", "text"), TABLE)
def test_a_figure_reads_as_in_the_table_that_the_browser_is_held_to(
    name: str, arguments: list[Any], text: str | None
) -> None:
    assert call(name, arguments) == text


def test_the_table_has_every_function_in_both_languages() -> None:
    assert {name for name, _, _ in TABLE} >= WITH_MONEY | {"count", "times", "share", "success"}
    assert len(TABLE) >= 60


def test_a_total_is_never_shown_before_it_is_true() -> None:
    yuan = Money("CNY", 2)
    for total in (10**9, 10**10, 10**11, 10**12):
        short = figures.hero(total * 100 - 1, yuan, "en").text
        assert short != figures.hero(total * 100, yuan, "en").text
