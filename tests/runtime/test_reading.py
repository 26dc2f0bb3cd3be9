from dashboard.runtime.limits import (
    ANSWER_S,
    HEAD_S,
    LEAST_READ,
    PING_S,
    PONG_S,
    ROOM_BYTES,
    UNREAD_S,
)
from dashboard.runtime.pongs import Pongs
from dashboard.runtime.reading import Download, Reading

PONG = b"\x8a\x80mask"
HELLO = b"\x81\x85mask\x05\x04\x1f\x07\x02"


def test_a_client_is_asked_for_a_sign_of_life_and_given_up_where_it_gives_none() -> None:
    reading = Reading(now=0)
    looks = [reading.look(0, now) for now in (PING_S - 1, PING_S, PING_S + PONG_S - 1)]
    assert looks == ["well", "ask", "well"]
    assert reading.look(0, PING_S + PONG_S) == "gives no sign of life"


def test_who_answers_is_asked_again() -> None:
    reading = Reading(now=0)
    reading.look(0, PING_S)
    reading.answered()
    assert [reading.look(0, now) for now in (PING_S + 1, 2 * PING_S)] == ["well", "ask"]


def test_who_leaves_much_unread_is_given_up_however_it_answers() -> None:
    reading = Reading(now=0)
    assert reading.look(ROOM_BYTES + 1, 1) == "well"
    reading.answered()
    assert reading.look(ROOM_BYTES + 1, 1 + UNREAD_S) == "does not read"


def test_who_reads_now_and_then_is_not_given_up() -> None:
    reading = Reading(now=0)
    reading.look(ROOM_BYTES + 1, 1)
    reading.look(ROOM_BYTES, 2)
    assert reading.look(ROOM_BYTES + 1, 1 + UNREAD_S) != "does not read"


def test_an_answer_to_a_ping_is_known_by_its_bytes() -> None:
    pongs = Pongs()
    assert [pongs.take(data) for data in (PONG, HELLO, PONG)] == [True, False, True]


def test_after_a_piece_of_a_message_nothing_is_known_any_more() -> None:
    for piece in (HELLO[:7], HELLO + b"\x81", b"\x81", b"\x81\xfe\x10\x00mask"):
        pongs = Pongs()
        pongs.take(piece)
        assert not pongs.take(PONG)


def test_who_reads_an_answer_over_a_slow_link_is_given_time() -> None:
    download = Download(5 * LEAST_READ, now=0)
    looks = [download.goes_on(left * LEAST_READ, HEAD_S) for left in (4, 2, 1)]
    assert looks == [True, True, True]
    assert not download.goes_on(0, HEAD_S)


def test_who_hardly_reads_an_answer_or_takes_for_ever_is_cut() -> None:
    assert not Download(5 * LEAST_READ, now=0).goes_on(5 * LEAST_READ - 1, HEAD_S)
    assert not Download(5 * LEAST_READ, now=0).goes_on(LEAST_READ, ANSWER_S)
    assert not Download(0, now=0).goes_on(0, HEAD_S)
