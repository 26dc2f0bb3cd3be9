import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.names import LONGEST, safe_name, visible

TABLE = json.loads((Path(__file__).parent.parent / "names.json").read_text())


@pytest.mark.parametrize(("name", "shown"), TABLE)
def test_a_name_is_made_safe_as_in_the_table_that_the_browser_is_held_to_s20(
    name: str, shown: str
) -> None:
    assert safe_name(name) == shown


@given(st.text())
def test_whatever_a_name_says_it_is_one_short_line_that_stays_as_it_is(name: str) -> None:
    shown = safe_name(name)
    assert len(shown) <= LONGEST
    assert "\n" not in shown
    assert shown == shown.strip()
    assert safe_name(shown) == shown


def test_staff_see_what_cannot_be_seen_as_its_number() -> None:
    assert visible('{"category": "a\u202eb\u200b", "好"}\n') == (
        '{"category": "a\\u202eb\\u200b", "好"}\n'
    )
