from contextlib import suppress

import pytest

from dashboard.alerts.guarded import Guarded, Halted
from dashboard.alerts.web import Later, Refused, Unknown
from tests.alerts.fake_feed import Crash, Ending, FakeFeed

BODY = {"json": {"key": "k", "text": "t"}}


def guarded(*endings: Ending, why: str = "") -> tuple[Guarded, FakeFeed]:
    """Return a guarded web on a fake feed whose requests end so."""
    feed = FakeFeed(lambda: 0)
    feed.endings = list(endings)
    return Guarded(feed, lambda: why), feed


def test_what_nobody_sees_is_asked_whatever_stops_the_post() -> None:
    web, _ = guarded(why="stopped")
    assert web.prepare("POST", "/upload").status == 200


def test_a_stop_is_met_just_before_the_post_would_be_seen() -> None:
    web, feed = guarded(why="stopped")
    with pytest.raises(Halted, match="stopped"):
        web.publish("POST", "/", **BODY)
    assert feed.asked == 0


@pytest.mark.parametrize("no", ["429", "refusal"])
def test_a_no_to_the_first_request_stands(no: Ending) -> None:
    web, _ = guarded(no)
    with pytest.raises((Later, Refused)):
        web.publish("POST", "/", **BODY)


@pytest.mark.parametrize("first", ["success", "time-out after", "crash after"])
@pytest.mark.parametrize("no", ["429", "refusal"])
def test_a_no_after_one_that_may_be_out_says_nothing(first: Ending, no: Ending) -> None:
    web, _ = guarded(first, no)
    with suppress(Unknown, Crash):
        web.publish("POST", "/", **BODY)
    with pytest.raises(Unknown, match="part of it is out"):
        web.publish("POST", "/", **BODY)


def test_who_was_refused_and_asks_anew_is_guarded_still() -> None:
    web, _ = guarded("refusal", "refusal")
    for _ in range(2):
        with pytest.raises(Refused):
            web.publish("POST", "/", **BODY)
