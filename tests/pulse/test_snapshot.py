import pytest

from dashboard.pulse.cache import Cache
from dashboard.pulse.snapshot import MOST_ROWS, rows, step_minutes
from dashboard.store.tallies import Figures
from tests.pulse.fakes import MINUTE
from tests.worlds import MIDNIGHT_MS

HOURS = 60


def cache_of(window_minutes: int, gross: dict[int, int]) -> Cache:
    cache = Cache(range(MINUTE, MINUTE + window_minutes))
    minutes = {MINUTE + after: {"gross": amount} for after, amount in gross.items()}
    cache.take(Figures("one", 1, minutes=minutes), 0)
    return cache


def test_every_minute_up_to_now_has_a_row() -> None:
    told = rows(cache_of(5, {-1: 9, 0: 1, 2: 3}), MIDNIGHT_MS + 3 * 60_000)
    assert [row[1] for row in told] == [1, 0, 3, 0]
    assert told[1] == ("2012-11-10T16:01:00Z", 0, 0, 0)


def test_after_the_end_the_rows_end_with_the_window() -> None:
    assert len(rows(cache_of(5, {9: 1}), MIDNIGHT_MS + 10**9)) == 5


def test_before_the_start_there_are_none() -> None:
    assert rows(cache_of(5, {-3: 1}), MIDNIGHT_MS - 1) == []


def test_a_minute_whose_events_came_early_has_a_row() -> None:
    assert [row[1] for row in rows(cache_of(5, {1: 7}), MIDNIGHT_MS)] == [0, 7]


@pytest.mark.parametrize(
    ("days", "step"), [(1, 1), (3, 1), (4, 2), (6, 2), (7, 5), (30, 10), (45, 15), (3_000, 1_440)]
)
def test_a_long_window_is_told_in_longer_steps(days: int, step: int) -> None:
    window = range(MINUTE, MINUTE + days * 24 * HOURS)
    assert step_minutes(window) == step
    assert len(range(0, len(window), step)) <= MOST_ROWS


def test_the_minutes_of_a_step_are_summed() -> None:
    told = rows(cache_of(4 * 24 * HOURS, {0: 1, 1: 2, 2: 4, 3: 8}), MIDNIGHT_MS + 3 * 60_000)
    assert [(row[0], row[1]) for row in told] == [
        ("2012-11-10T16:00:00Z", 3),
        ("2012-11-10T16:02:00Z", 12),
    ]
