from collections.abc import Sequence

import pytest

from dashboard.core.crossing import Crossing, crossing, no_later, same

MINUTES = [(10, 100), (12, 50), (13, 60)]
SECONDS = {12: [(720, 20), (741, 30)], 13: [(780, 10)]}


def seconds_of(minute: int) -> Sequence[tuple[int, int]]:
    return SECONDS.get(minute, [])


@pytest.mark.parametrize(
    ("amount", "second", "precise"),
    [
        (101, 720, True),
        (120, 720, True),  # equality counts
        (121, 741, True),
        (150, 741, True),
        (100, 10 * 60 + 59, False),  # no seconds kept: the minute's last
        (151, 13 * 60 + 59, False),  # seconds that do not add up to the minute: likewise
        (210, 13 * 60 + 59, False),
    ],
)
def test_a_crossing_is_dated_to_the_second(amount: int, second: int, precise: bool) -> None:
    assert crossing(amount, MINUTES, seconds_of) == Crossing(second * 1000, precise)


def test_what_is_not_reached_has_no_crossing() -> None:
    assert crossing(211, MINUTES, seconds_of) is None


@pytest.mark.parametrize(
    ("recorded", "found", "is_same"),
    [
        (Crossing(5_000), Crossing(5_000), True),
        (Crossing(5_000), Crossing(6_000), False),
        (Crossing(5_000), Crossing(59_000, precise=False), True),  # its seconds were forgotten
        (Crossing(5_000), Crossing(119_000, precise=False), False),
        (Crossing(59_000, precise=False), Crossing(5_000), False),
    ],
)
def test_what_is_known_less_exactly_is_no_other_time(
    recorded: Crossing, found: Crossing, is_same: bool
) -> None:
    assert same(recorded, found) is is_same


def test_what_is_known_to_the_minute_lies_in_no_future() -> None:
    minute = Crossing(59_000, precise=False)
    assert no_later(minute, 20_500) == Crossing(20_000, precise=False)
    assert no_later(minute, 60_000) == minute
    assert no_later(Crossing(59_000), 20_000) == Crossing(59_000)
