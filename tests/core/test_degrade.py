import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.degrade import CALM_MS, NAMES, Degrade, Ladder, Room, Signals, wanted


@pytest.mark.parametrize(
    ("signals", "name"),
    [
        (Signals(), "normal"),
        (Signals(tick=0.499, backlog=4.9, lag=0.499), "normal"),
        (Signals(tick=0.5), "exports"),
        (Signals(tick=1.0), "charts"),
        (Signals(tick=1.5), "panels"),
        (Signals(tick=2.0), "public"),
        (Signals(tick=3.0), "animation"),
        (Signals(tick=4.0), "refresh"),
        (Signals(tick=8.0), "total"),
        (Signals(backlog=5.0), "exports"),
        (Signals(backlog=86_400.0), "panels"),
        (Signals(lag=2.0), "public"),
        (Signals(lag=60.0), "animation"),
        (Signals(room=Room(disk=0.5)), "exports"),
        (Signals(room=Room(disk=100.0)), "panels"),
        (Signals(room=Room(memory=0.79)), "normal"),
        (Signals(room=Room(memory=0.9)), "charts"),
        (Signals(room=Room(memory=1.0)), "panels"),
        (Signals(tick=0.6, backlog=10.0, lag=0.1), "charts"),
    ],
)
def test_load_asks_for_a_level(signals: Signals, name: str) -> None:
    assert NAMES[wanted(signals)] == name


def test_a_level_comes_at_once_and_goes_after_thirty_seconds_of_calm() -> None:
    ladder = Ladder()
    steps = [(0, 0), (3, 1_000), (0, 1_250)]
    assert [ladder.level(asked, now) for asked, now in steps] == [0, 3, 3]
    assert ladder.level(0, 1_000 + CALM_MS - 1) == 3
    assert ladder.level(0, 1_000 + CALM_MS) == 0


def test_levels_come_back_one_by_one_as_each_was_asked_for_last() -> None:
    ladder = Ladder()
    ladder.level(4, 0)
    assert ladder.level(2, 10_000) == 4
    assert ladder.level(0, CALM_MS) == 2
    assert ladder.level(0, 10_000 + CALM_MS) == 0


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 60_000)), max_size=30))
def test_the_level_is_the_highest_asked_for_in_the_last_thirty_seconds(
    steps: list[tuple[int, int]],
) -> None:
    ladder, now, asked = Ladder(), 0, []
    for level, gap in steps:
        now += gap
        asked.append((now, level))
        recent = [one for at, one in asked if now - at < CALM_MS]
        assert ladder.level(level, now) == max(recent)


def test_a_clock_that_is_set_back_holds_no_level_for_ever() -> None:
    ladder = Ladder()
    ladder.level(5, 1_000_000)
    assert ladder.level(0, 0) == 0


def test_every_level_has_its_name() -> None:
    assert [Degrade.of(level).name for level in range(8)] == list(NAMES)
