from collections.abc import Iterable

import pytest

from dashboard.core import operator_alarms
from dashboard.core.operator_alarms import Alarm, Patience, Sight, keeps_dying

BACKLOG = Alarm("backlog", 1)


def told(seen: Iterable[tuple[int, bool]], blind: Iterable[int] = ()) -> list[tuple[int, str]]:
    """What operators are told over time (s), where the backlog alone holds or does not."""
    patience, standing, said = Patience(), set[Alarm](), []
    for second, holds in seen:
        kinds = frozenset({"backlog"} if second in blind else ())
        sight = Sight({BACKLOG: "12"} if holds and not kinds else {}, kinds)
        for one in patience.due(sight, standing, second * 1000):
            standing ^= {one}
            said.append((second, "alarm" if one in standing else "all clear"))
    return said


def test_a_moment_is_no_alarm_and_a_moment_of_rest_no_all_clear() -> None:
    assert told((second, second % 5 != 4) for second in range(60)) == []
    held = [(second, second < 10 or second % 20 == 0) for second in range(80)]
    assert told(held) == [(5, "alarm")]


def test_it_is_told_once_and_its_end_once() -> None:
    assert told((second, second < 100) for second in range(300)) == [
        (5, "alarm"),
        (130, "all clear"),
    ]


def test_of_what_cannot_be_seen_nothing_is_said() -> None:
    assert told([(second, False) for second in range(60)], blind=range(60)) == []
    seen = [(second, second < 10) for second in range(90)]
    assert told(seen, blind=range(20, 40)) == [(5, "alarm"), (70, "all clear")]


def test_a_clock_that_was_set_back_begins_the_time_anew() -> None:
    seconds = [100, 101, 102, *range(10, 20)]
    assert told((second, True) for second in seconds) == [(15, "alarm")]


@pytest.mark.parametrize(
    ("ago_s", "again"),
    [([], False), ([1, 2], False), ([1, 2, 299], True), ([1, 2, 300], False), ([-1, 1, 2], False)],
)
def test_a_process_keeps_dying_that_died_thrice_of_late(ago_s: list[int], again: bool) -> None:
    assert keeps_dying([1_000_000 - 1000 * ago for ago in ago_s], 1_000_000) is again


def test_each_kind_is_known_by_its_key() -> None:
    assert Alarm("feed:7").kind == operator_alarms.FEED
    assert all(Alarm(kind, 1).kind == kind for kind in operator_alarms.KINDS)
