"""R7: a hundred festivals in which everything fails that can; `make faults` has a thousand."""

import pytest

from tests.alerts.histories import quiet
from tests.faults.festivals import held, told
from tests.faults.figures import record

SEEDS = range(100)


@pytest.mark.django_db
def test_no_festival_posts_twice_loses_a_post_or_tells_what_is_not_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with quiet():
        faults, wrong = held(SEEDS, monkeypatch)
    record("R7", f"{len(SEEDS)} festivals, seeds {SEEDS[0]} to {SEEDS[-1]}", told(faults, wrong))
    assert not any(wrong.values()) and faults["posts"] > 2 * len(SEEDS)
