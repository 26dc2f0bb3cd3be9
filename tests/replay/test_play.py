from collections.abc import Iterator, Sequence

from dashboard.core.clock import Clock
from dashboard.replay.due import Due
from dashboard.replay.play import TICK_S, countdown_ms, play


class Machine:
    """A machine whose time passes only while it rests; notes what is sent when."""

    def __init__(self, clock: Clock, stop_at_ms: float = float("inf")) -> None:
        self.clock, self.stop_at_ms = clock, stop_at_ms
        self.now_ms = 0.0
        self.sent: list[tuple[int, list[int]]] = []

    def campaign_ms(self) -> int:
        return self.clock.campaign(int(self.now_ms))

    def send(self, dues: Sequence[Due]) -> None:
        self.sent.append((self.campaign_ms(), [due.at_ms for due in dues]))

    def rest(self, seconds: float) -> bool:
        self.now_ms += seconds * 1000
        return self.now_ms >= self.stop_at_ms

    def play(self, *times: int) -> bool:
        return play([Due(at, 0, b"") for at in times], self.campaign_ms, self.send, self.rest)


def test_events_are_sent_once_their_time_has_come_and_never_before() -> None:
    machine = Machine(Clock(0, 0, 10_000))
    assert machine.play(*range(0, 60_000, 100))
    assert all(max(times) <= clock_ms for clock_ms, times in machine.sent)
    assert [at for _, times in machine.sent for at in times] == list(range(0, 60_000, 100))
    assert machine.now_ms < 60_000 / 10 + 2 * TICK_S * 1000


def test_a_batch_has_5000_events_at_most() -> None:
    machine = Machine(Clock(0, 100_000, 1000))
    assert machine.play(*range(12_000))
    assert [len(times) for _, times in machine.sent] == [5000, 5000, 2000]
    assert machine.now_ms == 0


def test_a_late_event_is_sent_with_those_before_it() -> None:
    machine = Machine(Clock(0, 0, 1000))
    assert machine.play(1_000, 200, 5_000)
    assert [times for _, times in machine.sent] == [[1_000, 200], [5_000]]


def test_it_stops_between_two_batches_when_told_to() -> None:
    machine = Machine(Clock(0, 0, 1000), stop_at_ms=1_000)
    assert not machine.play(100, 500, 5_000)
    assert [at for _, times in machine.sent for at in times] == [100, 500]


def test_what_lies_far_ahead_is_not_made_yet() -> None:
    made: list[int] = []

    def dues() -> Iterator[Due]:
        for at in range(0, 100_000, 1_000):
            made.append(at)
            yield Due(at, 0, b"")

    machine = Machine(Clock(0, 0, 1000), stop_at_ms=3_000)
    play(dues(), machine.campaign_ms, machine.send, machine.rest)
    assert len(made) < 6


def test_a_countdown_takes_ten_seconds_and_two_real_ones() -> None:
    assert [countdown_ms(permille) for permille in (1_000, 144_000)] == [10_000, 288_000]
