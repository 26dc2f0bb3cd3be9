"""The stop switch on a board that posts without pause: effective within a second."""

import time

from tests.boards import Board
from tests.faults import posting
from tests.faults.feed_server import FeedServer
from tests.faults.figures import record
from tests.path.watching import until

ROUNDS, FEEDS, POSTS_A_FEED = 3, 4, 12
WATCHED_S = 4


def test_no_post_leaves_a_second_after_the_switch_was_thrown_f41(
    faulty: Board, feed_server: FeedServer
) -> None:
    faulty.create_campaign("switched")
    feeds = [posting.create_feed(faulty, "switched", "slack") for _ in range(FEEDS)]
    last_s = []
    for number in range(ROUNDS):
        posts = [
            posting.put(faulty, feed, f"switched {number} {feed} {post}")
            for feed in feeds
            for post in range(POSTS_A_FEED)
        ]
        until(lambda: any(posting.state(faulty, one) == "sent" for one in posts))  # noqa: B023
        thrown = posting.stop_all(faulty, True)
        time.sleep(WATCHED_S)
        after = [at for at, text in feed_server.asked if text.startswith(f"switched {number} ")]
        last_s.append(max(after) - thrown)
        left = [one for one in posts if posting.state(faulty, one) == "approved"]
        assert left, "all were sent before the switch was thrown"
        posting.stop_all(faulty, False)
        until(lambda: all(posting.state(faulty, one) == "sent" for one in posts))  # noqa: B023
    assert max(last_s) < 1
    texts = [text for _, text in feed_server.asked if text.startswith("switched")]
    assert len(texts) == len(set(texts)) == ROUNDS * FEEDS * POSTS_A_FEED
    found = f"the last post came {max(0.0, *last_s) * 1000:.0f} ms after it at most"
    record("F41", f"stop switch thrown while {FEEDS} feeds post, {ROUNDS} times", found)
