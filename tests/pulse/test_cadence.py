import msgspec

from dashboard.core.frame import Frame
from dashboard.pulse.cadence import BASE_MS, HEARTBEAT_MS, KEEP_MS, Cadence
from tests import frames

NOW = 1_000_000


def frame(**changed: object) -> Frame:
    return msgspec.json.decode(frames.frame(**changed), type=Frame)


def told(first: Frame) -> Cadence:
    cadence = Cadence()
    cadence.look(first)
    cadence.told(first, NOW, with_base=True)
    cadence.kept(NOW)
    return cadence


def test_at_first_everything_is_due() -> None:
    cadence = Cadence()
    cadence.look(frame())
    assert cadence.frame_due(NOW)
    assert cadence.base_due(frame(), NOW)
    assert cadence.copy_due(frame(), NOW)


def test_without_news_a_frame_is_due_within_two_seconds() -> None:
    cadence = told(frame())
    cadence.look(frame(seq=2, as_of="2012-11-10T16:00:02Z", sent_at="x", behind_seconds=9.0))
    assert not cadence.frame_due(NOW + HEARTBEAT_MS - 1)
    assert cadence.frame_due(NOW + HEARTBEAT_MS)
    assert HEARTBEAT_MS + 2 * 250 <= 2_000


def test_news_is_due_at_once() -> None:
    cadence = told(frame())
    cadence.look(frame(orders=6))
    assert cadence.frame_due(NOW + 1)


def test_news_that_could_not_be_told_stays_due() -> None:
    cadence = told(frame())
    cadence.look(frame(orders=6))
    cadence.look(frame(orders=6))
    assert cadence.frame_due(NOW + 1)


def test_a_base_follows_the_last_news_within_ten_seconds_and_then_rests() -> None:
    cadence, news = told(frame()), frame(orders=6)
    cadence.look(news)
    cadence.told(news, NOW + 1, with_base=False)
    assert not cadence.base_due(news, NOW + BASE_MS - 1)
    assert cadence.base_due(news, NOW + BASE_MS)
    cadence.told(news, NOW + BASE_MS, with_base=True)
    assert not cadence.base_due(news, NOW + 10 * BASE_MS)


def test_a_new_epoch_and_healing_want_a_base_at_once() -> None:
    cadence = told(frame())
    assert cadence.base_due(frame(epoch=2), NOW + 1)
    assert cadence.base_due(frame(healing=True), NOW + 1)


def test_a_copy_is_kept_at_most_once_a_second_and_never_of_held_figures() -> None:
    cadence, news = told(frame()), frame(orders=6)
    cadence.look(news)
    assert not cadence.copy_due(news, NOW + KEEP_MS - 1)
    assert cadence.copy_due(news, NOW + KEEP_MS)
    assert not cadence.copy_due(frame(orders=6, healing=True), NOW + KEEP_MS)


def test_a_clock_that_was_set_back_delays_nothing() -> None:
    assert told(frame()).frame_due(NOW - 3_600_000)
