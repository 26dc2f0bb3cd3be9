"""R7: a thousand festivals in which everything fails that can."""

import pytest

from tests.alerts.histories import quiet
from tests.faults.festivals import held, told
from tests.faults.figures import record

SEEDS = range(1_000)


@pytest.mark.django_db
def test_of_a_thousand_festivals_none_posts_twice_loses_a_post_or_tells_what_is_not_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with quiet():
        faults, wrong = held(SEEDS, monkeypatch)
    record("R7", f"{len(SEEDS)} festivals, seeds {SEEDS[0]} to {SEEDS[-1]}", told(faults, wrong))
    assert not any(wrong.values()) and faults["posts"] > 2 * len(SEEDS)
