"""F8, F41 and F45 with the real process: killed at each point, stopped, and doubled."""

import pytest

from tests.alerts.histories import OUTBOX_PLACES
from tests.boards import Board
from tests.faults import posting
from tests.faults.arming import armed, hits
from tests.faults.feed_server import FeedServer
from tests.faults.processes import Kept
from tests.path.watching import until


@pytest.fixture(scope="module")
def feeds(faulty: Board) -> dict[str, int]:
    """One feed that knows keys, and one that does not."""
    faulty.create_campaign("posting")
    return {name: posting.create_feed(faulty, "posting", name) for name in ("slack", "webhook")}


@pytest.mark.parametrize("action", ["kill", "raise", "delay:300"])
@pytest.mark.parametrize("place", OUTBOX_PLACES)
def test_the_outbox_posts_once_at_most_wherever_it_breaks_f8(
    faulty: Board, feed_server: FeedServer, feeds: dict[str, int], place: str, action: str
) -> None:
    texts = {service: f"{service} {place} {action}" for service in feeds}
    with armed(faulty, place, f"1*{action}"):
        posts = {name: posting.put(faulty, feeds[name], text) for name, text in texts.items()}

        def at_rest() -> bool:
            if action != "delay:300" and hits(faulty, place):
                posting.hurry(faulty, alive=action == "raise")
            over = {"sent", "left"}
            return all(posting.state(faulty, post) in over for post in posts.values())

        until(at_rest)
        assert hits(faulty, place)
    made = {name: feed_server.posts.count(text) for name, text in texts.items()}
    assert max(made.values()) <= 1
    assert made["webhook"] == 1 and posting.state(faulty, posts["webhook"]) == "sent"
    assert made["slack"] == 1 or posting.state(faulty, posts["slack"]) == "left"


def test_a_switch_thrown_between_claim_and_send_holds_f41(
    faulty: Board, feed_server: FeedServer, feeds: dict[str, int]
) -> None:
    with armed(faulty, "outbox.before_send", "1*delay:5000"):
        post = posting.put(faulty, feeds["slack"], "stopped")
        until(lambda: hits(faulty, "outbox.before_send"))
        posting.stop_all(faulty, True)
        until(lambda: posting.actions(faulty, post) == ["claimed", "stopped"])
    assert posting.state(faulty, post) == "approved" and "stopped" not in feed_server.posts
    posting.stop_all(faulty, False)
    until(lambda: posting.state(faulty, post) == "sent")
    assert feed_server.posts.count("stopped") == 1


def test_two_outboxes_post_each_once_f45(
    faulty: Board, feed_server: FeedServer, feeds: dict[str, int]
) -> None:
    with Kept(faulty, "outbox") as second:
        until(lambda: "outbox works" in second.log())
        posts = {
            posting.put(faulty, feed_id, f"{name} doubled {number}"): f"{name} doubled {number}"
            for number in range(8)
            for name, feed_id in feeds.items()
        }
        until(lambda: all(posting.state(faulty, post) == "sent" for post in posts))
    asked = [text for _, text in feed_server.asked]
    assert {asked.count(text) for text in posts.values()} == {1}
