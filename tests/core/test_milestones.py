from typing import Any

import msgspec

from dashboard.core.milestones import Threshold, settled, told


def threshold(amount: int, **fields: Any) -> Threshold:
    return Threshold(id=amount, key=str(amount), kind="amount", amount=amount, **fields)


def test_a_minute_is_settled_once_all_accepted_in_it_is_counted() -> None:
    crossed = threshold(1, crossed_ms=61_000)
    assert [settled(crossed, ms) for ms in (119_999, 120_000)] == [False, True]
    assert not settled(threshold(1), 120_000)


def test_frames_tell_the_reached_by_crossing_and_the_lowest_to_come() -> None:
    later, earlier = threshold(1, crossed_ms=9_000), threshold(2, crossed_ms=8_000, announced_ms=1)
    milestones = told([later, earlier, threshold(9), threshold(7)], now_ms=60_000)
    assert [(one.key, one.crossed_at, one.announced_at) for one in milestones.reached] == [
        ("2", "1970-01-01T00:00:08Z", "1970-01-01T00:00:00.001Z"),
        ("1", "1970-01-01T00:00:09Z", "1970-01-01T00:01:00Z"),
    ]
    assert milestones.next
    assert milestones.next.key == "7"


def test_frames_tell_a_label_in_both_languages() -> None:
    both = {"label": "Ten", "label_zh": "十"}
    milestones = told([threshold(1, crossed_ms=1, **both), threshold(2, **both)], now_ms=2)
    assert milestones.next
    for one in (milestones.reached[0], milestones.next):
        assert (one.label, one.label_zh) == ("Ten", "十")


def test_after_the_last_milestone_there_is_no_next() -> None:
    assert told([threshold(1, crossed_ms=1)], 2).next is None


def test_only_amounts_of_gross_are_next_and_the_others_are_told_by_their_name() -> None:
    visits = Threshold(id=3, key="visits", kind="counter", amount=5, title="5 visits")
    fallen = msgspec.structs.replace(visits, crossed_ms=1, take_over=False)
    milestones = told([visits, fallen, threshold(9)], 2)
    assert milestones.next
    assert milestones.next.amount == 9
    (one,) = milestones.reached
    assert (one.measure, one.label, one.take_over) == ("counter", "5 visits", False)


def test_old_news_is_told_as_such_and_covers_no_wall() -> None:
    (one,) = told([threshold(1, crossed_ms=1, late=True)], 2).reached
    assert (one.late, one.take_over) == (True, False)


def test_frames_carry_all_of_gross_and_of_others_the_latest_few() -> None:
    club = [
        Threshold(id=id_, key=f"club-{id_}", kind="share", amount=5, crossed_ms=1_000 * id_)
        for id_ in range(1, 100)
    ]
    amounts = [threshold(amount, crossed_ms=amount) for amount in range(200, 220)]
    keys = [one.key for one in told([*club, *amounts], 2).reached]
    assert keys == [str(one) for one in range(200, 220)] + [f"club-{id_}" for id_ in range(88, 100)]


def test_an_amount_has_no_label_but_its_own() -> None:
    titled = {"title": "¥1", "title_zh": "1元"}
    bare, own = (
        threshold(1, crossed_ms=1, **titled),
        threshold(2, crossed_ms=1, label="!", **titled),
    )
    assert [one.label for one in told([bare, own], 2).reached] == ["", "!"]
