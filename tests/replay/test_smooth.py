from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dashboard.replay.smooth import line_through


def test_it_goes_through_its_points() -> None:
    line = line_through([0, 1, 3, 4], [0, 1, 1.5, 5])
    assert [line(x) for x in (0, 1, 3, 4)] == [0, 1, 1.5, 5]


def test_it_is_constant_beyond_them() -> None:
    line = line_through([1, 2], [3, 7])
    assert (line(0), line(1.5), line(9)) == (3, 5, 7)


@given(st.lists(st.tuples(st.floats(0.1, 100), st.floats(0.1, 100)), min_size=1, max_size=8))
def test_it_never_falls_between_rising_points(steps: list[tuple[float, float]]) -> None:
    xs, ys = [0.0], [0.0]
    for width, rise in steps:
        xs.append(xs[-1] + width)
        ys.append(ys[-1] + rise)
    line = line_through(xs, ys)
    values = [line(xs[-1] * i / 200) for i in range(201)]
    assert all(after >= before - 1e-9 for before, after in pairwise(values))


def test_a_summit_is_not_overshot() -> None:
    line = line_through([0, 1, 2], [0, 5, 1])
    assert max(line(i / 100) for i in range(201)) == 5
