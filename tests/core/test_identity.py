from typing import Any

import pytest

from dashboard.core.events import encode_entries
from dashboard.core.identity import body_check
from tests.worlds import payment


def check(**fields: Any) -> bytes:
    return body_check(encode_entries([payment("a", **fields)]).rstrip(b"\n"))


def test_an_event_sent_again_after_a_rate_was_corrected_is_no_conflict() -> None:
    before = check(amount=624, original=("USD", 100))
    assert check(amount=700, original=("USD", 100)) == before
    assert check(amount=0, original=("USD", 100)) == before


@pytest.mark.parametrize("original", [("USD", 101), ("EUR", 100), None])
def test_another_amount_or_currency_under_one_id_is_a_conflict(original: Any) -> None:
    assert check(amount=624, original=original) != check(amount=624, original=("USD", 100))


def test_text_that_looks_like_an_amount_is_not_taken_for_one() -> None:
    looks = {"platform": '"amount":5,', "original": ("USD", 1)}
    assert check(amount=0, **looks) != check(amount=0, original=("USD", 1))
    assert check(amount=1, **looks) == check(amount=2, **looks)
    name = {"merchant": "x]}"}
    assert check(amount=1, **name) != check(amount=2, **name)
