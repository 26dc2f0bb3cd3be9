import pytest

from dashboard.core import posting
from dashboard.core.posting import HOUR_MS, NONSENSE_MS, Waiting, has_room, next_of

NOW = 10 * HOUR_MS


def news(id_: int, rank: int, by_hand: bool = False) -> Waiting:
    return Waiting(id_, rank, news=True, by_hand=by_hand)


def test_what_nobody_can_say_is_looked_for_after_a_minute() -> None:
    mark = posting.unknown("timed out", NOW)
    assert (mark.state, mark.not_before_ms) == (posting.UNKNOWN, NOW + 60_000)


def test_a_no_is_final_unless_an_earlier_attempt_may_be_there() -> None:
    assert posting.refused("401", again=False).state == posting.FAILED
    assert posting.refused("422", again=True).state == posting.UNKNOWN


def test_retry_after_is_kept_and_never_shorter_than_the_back_off() -> None:
    assert posting.later("429", 30, 1, False, NOW).feed_wait_ms == NOW + 30_000
    assert posting.later("429", 1, 5, False, NOW).not_before_ms == NOW + 16_000
    assert posting.later("429", 1, 5, True, NOW).state == posting.UNKNOWN


@pytest.mark.parametrize(
    ("attempts", "wait_s"), [(0, 1), (1, 1), (2, 2), (6, 32), (7, 60), (999, 60)]
)
def test_the_back_off_doubles_up_to_a_minute(attempts: int, wait_s: int) -> None:
    assert posting.back_off_s(attempts) == wait_s


@pytest.mark.parametrize(
    ("key_left_ms", "unknowns", "expired", "again"),
    [
        (1, 1, False, True),
        (1, 2, False, False),
        (1, 1, True, False),
        (0, 1, False, False),
    ],
)
def test_what_is_not_there_is_sent_once_more_only_where_a_key_makes_it_safe(
    key_left_ms: int, unknowns: int, expired: bool, again: bool
) -> None:
    assert posting.not_found(key_left_ms, unknowns, expired) == again


def test_a_timeline_that_never_answers_is_left_to_a_person() -> None:
    assert posting.not_looked("timed out", 0, NOW).not_before_ms == NOW + 60_000
    assert posting.not_looked("timed out", posting.MOST_LOOKS - 1, NOW).not_before_ms == 0


@pytest.mark.parametrize(
    ("ages_ms", "cap", "gap_s", "room"),
    [
        ([], 1, 60, True),
        ([59_999], 9, 60, False),
        ([60_000], 9, 60, True),
        ([60_000, 120_000], 2, 0, False),
        ([60_000, HOUR_MS], 2, 0, True),
        ([HOUR_MS + 1], 1, 7_200, False),
        ([-NONSENSE_MS], 9, 60, False),
        ([-NONSENSE_MS - 1], 1, 60, True),  # the clock was set back
    ],
)
def test_a_feed_keeps_its_cap_and_its_gap(
    ages_ms: list[int], cap: int, gap_s: int, room: bool
) -> None:
    assert has_room([NOW - age_ms for age_ms in ages_ms], cap, gap_s, NOW) == room


@pytest.mark.parametrize(
    ("due", "gap_s", "found"),
    [
        ([news(1, 10), news(2, 30), news(3, 20)], 60, 2),
        ([news(1, 10), news(2, 30), news(3, 20)], 0, 1),
        ([news(1, 10, by_hand=True), news(2, 30), news(3, 20)], 60, 1),
        ([news(4, 30, by_hand=True), news(3, 20)], 60, 4),
        ([news(1, 10), news(2, 10)], 60, 1),
        ([Waiting(1, 0, False, False), news(2, 10), news(3, 20)], 60, 1),
        ([news(1, 10), Waiting(2, 30, True, False, due=False)], 60, None),
        ([news(1, 10), Waiting(2, 30, True, False, due=False)], 0, 1),
        ([], 60, None),
    ],
    ids=[
        *("highest", "no gap", "by hand first", "by hand", "equal", "others"),
        *("it waits for the highest", "it waits for none", "nothing"),
    ],
)
def test_of_several_news_behind_a_gap_the_highest_is_the_news(
    due: list[Waiting], gap_s: int, found: int | None
) -> None:
    assert next_of(due, gap_s) == found


def test_what_a_service_says_can_be_kept() -> None:
    mark = posting.sent("7\0\ud800" + "9" * 300, "https://x.test/" + "y" * 500)
    assert mark.remote_id.startswith("7?9") and len(mark.remote_id) == 200
    assert mark.remote_url == ""
