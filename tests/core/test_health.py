import pytest

from dashboard.core.health import LATE_ARRIVALS_MS, Status, counted_until, is_final, status


@pytest.mark.parametrize(
    ("now_ms", "expected"),
    [(99, "scheduled"), (100, "live"), (199, "live"), (200, "closed"), (201, "closed")],
)
def test_the_window_is_half_open(now_ms: int, expected: Status) -> None:
    assert status(now_ms, 100, 200) == expected


def test_figures_are_final_once_late_arrivals_are_over() -> None:
    end = 1_000
    assert not is_final(end + LATE_ARRIVALS_MS - 1, end)
    assert is_final(end + LATE_ARRIVALS_MS, end)


def test_figures_stand_at_the_oldest_uncounted_batch() -> None:
    assert [counted_until(50, 0), counted_until(50, 30), counted_until(50, 60)] == [50, 30, 50]
