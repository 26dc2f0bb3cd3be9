from typing import Any

import msgspec
import pytest

from dashboard.core.frame import Frame, Snapshot
from dashboard.core.milestones import Threshold
from dashboard.pulse.facts import Facts
from dashboard.pulse.screen import Screen
from dashboard.store.ledger import Backlog
from tests.pulse.fakes import NO_BACKLOG, FakeSource, facts
from tests.worlds import MIDNIGHT_MS

NOW = MIDNIGHT_MS + 60_000
LONG_BACKLOG = Backlog(1, 1, NOW - 10_000)


def screen_of(about: Facts | None = None, shown: Snapshot | None = None) -> Screen:
    return Screen(about or facts(), shown, NOW)


def tick(screen: Screen, source: FakeSource, head: int = 9, now_ms: int = NOW) -> Frame:
    cache = screen.cache
    screen.take(source.changes(1, cache.generation, cache.position), head, now_ms)
    frame = screen.next_frame(NO_BACKLOG, now_ms)
    screen.seq = frame.seq
    return frame


def paid(*amounts: int, born: str = "one") -> FakeSource:
    source = FakeSource()
    source.born = born
    for amount in amounts:
        source.pay(amount)
    return source


def shown_by(screen: Screen) -> Snapshot:
    return msgspec.json.decode(msgspec.json.encode(screen.whole()), type=Snapshot)


def test_frames_are_numbered_within_an_epoch() -> None:
    screen, source = screen_of(), paid(5)
    first, second = tick(screen, source), tick(screen, source)
    assert (first.seq, second.seq, second.epoch) == (1, 2, first.epoch)


def test_the_first_batch_of_a_campaign_begins_an_epoch_so_that_walls_ask_for_its_minutes() -> None:
    screen, source = screen_of(), FakeSource()
    before = tick(screen, source)
    source.pay(5)
    after = tick(screen, source)
    assert (after.epoch > before.epoch, after.seq) == (True, 1)
    assert shown_by(screen).minutes[0][1] == 5


def test_while_figures_are_counted_anew_those_shown_are_held() -> None:
    screen, source = screen_of(), paid(5, 6)
    before = tick(screen, source)
    source.flush()
    emptied = tick(screen, source, now_ms=NOW + 3_000)
    assert (emptied.turnover, emptied.position) == (before.turnover, 2)
    assert (emptied.healing, emptied.as_of, emptied.behind_seconds) == (True, before.as_of, 3.0)
    source.pay(5)
    half_way = tick(screen, source, now_ms=NOW + 4_000)
    assert (half_way.turnover.gross, half_way.healing) == (11, True)


def test_once_caught_up_the_exact_figures_come_in_a_new_epoch() -> None:
    screen, source = screen_of(), paid(5, 6)
    held = tick(screen, source)
    tick(screen, paid(5, born="two"))
    healed = tick(screen, paid(5, 6, 7, born="two"))
    assert (healed.turnover.gross, healed.healing, healed.seq) == (18, False, 1)
    assert healed.epoch > held.epoch


def test_a_snapshot_of_held_figures_has_their_minutes() -> None:
    screen, source = screen_of(), paid(5, 6)
    tick(screen, source)
    before = shown_by(screen)
    source.flush()
    held = tick(screen, source)
    assert held.minutes == []
    assert (
        shown_by(screen).minutes
        == before.minutes
        == [
            ("2012-11-10T16:00:00Z", 11, 0, 2),
            ("2012-11-10T16:01:00Z", 0, 0, 0),
        ]
    )


def test_a_redis_that_came_back_older_is_held_and_then_told_whole() -> None:
    screen = screen_of()
    tick(screen, paid(5, 6, 7))
    older = tick(screen, paid(5, 6))
    assert (older.turnover.gross, older.healing) == (18, True)
    healed = tick(screen, paid(5, 6, 7, 8))
    assert (healed.turnover.gross, healed.healing) == (26, False)


def test_figures_that_were_replaced_at_once_begin_a_new_epoch_without_healing() -> None:
    screen = screen_of()
    before = tick(screen, paid(5, 6))
    after = tick(screen, paid(5, 1, born="two"))
    assert (after.turnover.gross, after.healing, after.seq) == (6, False, 1)
    assert after.epoch > before.epoch


def test_a_pulse_started_while_figures_heal_holds_what_was_shown() -> None:
    first = screen_of()
    last = tick(first, paid(5, 6))
    second = screen_of(shown=shown_by(first))
    held = tick(second, FakeSource())
    assert (held.turnover.gross, held.healing, held.epoch > last.epoch) == (11, True, True)
    healed = tick(second, paid(5, 6))
    assert (healed.turnover.gross, healed.healing, healed.seq) == (11, False, 1)


def test_a_pulse_started_later_goes_on_with_the_figures_as_they_are() -> None:
    first = screen_of()
    tick(first, paid(5))
    frame = tick(screen_of(shown=shown_by(first)), paid(5, 6))
    assert (frame.turnover.gross, frame.healing, frame.seq) == (11, False, 1)


def test_nothing_is_held_that_the_ledger_itself_no_longer_has() -> None:
    screen = screen_of()
    tick(screen, paid(5, 6))
    assert not tick(screen, paid(5, born="two"), head=1).healing


def test_a_shorter_window_tells_its_smaller_total_in_a_new_epoch_f44() -> None:
    screen, source = screen_of(), paid(5)
    source.pay(6, after_s=120)
    before = tick(screen, source)
    screen.update(facts(minutes=2), NOW)
    after = tick(screen, source)
    assert (before.turnover.gross, after.turnover.gross) == (11, 5)
    assert (after.healing, after.seq, after.epoch > before.epoch) == (False, 1, True)


def test_an_extension_counts_what_lay_outside_f44() -> None:
    screen, source = screen_of(facts(minutes=2)), paid(5)
    source.pay(6, after_s=120)
    assert tick(screen, source).turnover.gross == 5
    screen.update(facts(minutes=3), NOW)
    assert tick(screen, source).turnover.gross == 11


def test_a_line_from_the_director_is_no_new_epoch() -> None:
    screen, source = screen_of(), paid(5)
    before = tick(screen, source)
    screen.update(facts(notice="Hello"), NOW)
    after = tick(screen, source)
    assert (after.epoch, after.notice) == (before.epoch, "Hello")


def test_epochs_rise_even_where_the_clock_was_set_back() -> None:
    first = screen_of()
    last = tick(first, paid(5))
    second = Screen(facts(), shown_by(first), NOW - 3_600_000)
    assert tick(second, paid(5)).epoch == last.epoch + 1


def thresholds(*amounts: int) -> Facts:
    found = [Threshold(id=one, key=str(one), kind="amount", amount=one) for one in amounts]
    return facts(thresholds=found)


def edited(**changes: Any) -> Facts:
    [one] = thresholds(9).thresholds
    return facts(thresholds=[msgspec.structs.replace(one, **changes)])


@pytest.mark.parametrize(
    ("after", "anew"),
    [
        (thresholds(9, 12), True),
        (thresholds(), True),
        (edited(amount=8), True),
        (edited(label="Nine"), True),
        (edited(label_zh="九"), True),
        (edited(crossed_ms=1, announced_ms=2, confirmed=True), False),
    ],
    ids=["added", "deleted", "moved", "renamed", "renamed in Chinese", "fallen"],
)
def test_a_milestone_that_staff_edit_begins_an_epoch_and_one_that_falls_does_not(
    after: Facts, anew: bool
) -> None:
    screen, source = screen_of(thresholds(9)), paid(5)
    before = tick(screen, source)
    screen.update(after, NOW)
    assert (tick(screen, source).epoch > before.epoch) is anew


def test_milestones_wait_while_figures_heal_or_lag() -> None:
    screen, source = screen_of(thresholds(11, 5, 12)), paid(5, 6)
    tick(screen, source)
    assert [fall.threshold.amount for fall in screen.due(NO_BACKLOG, NOW)] == [5, 11]
    assert screen.due(LONG_BACKLOG, NOW) == []
    assert screen.due(LONG_BACKLOG, NOW - 1) != []
    source.flush()
    tick(screen, source)
    assert screen.due(NO_BACKLOG, NOW) == []


def test_the_peak_second_outlives_a_restart() -> None:
    first, source = screen_of(), paid(5, 6)
    tick(first, source)
    source.seconds.clear()  # their hour is over
    payments = tick(screen_of(shown=shown_by(first)), source).payments
    assert (payments.peak_per_second, payments.peak_at) == (2, "2012-11-10T16:00:00Z")


def test_the_peak_second_outlives_a_restart_while_figures_heal() -> None:
    first, source = screen_of(), paid(5, 6)
    tick(first, source)
    second = screen_of(shown=shown_by(first))
    assert tick(second, FakeSource()).healing
    source.seconds.clear()
    assert tick(second, source).payments.peak_per_second == 2
