"""An outbox with posts in it, and whoever judges them."""

from typing import Any

from dashboard.store.decisions import Decision
from dashboard.store.tables import Campaign, Feed, Post
from tests.worlds import festival

NOW = 1_352_600_000_000
LENA, TOM = Decision("lena", NOW), Decision("tom", NOW + 1)


class Judge:
    """Lets everything go out that is no longer than `most` and not `untrue`."""

    def __init__(self, most: int = 500, *, untrue: bool = False) -> None:
        self.most, self.untrue = most, untrue

    def fits(self, feed: Feed, text: str) -> bool:
        return len(text) <= self.most

    def still_true(self, post: Post) -> bool:
        return not self.untrue


def feed(campaign: Campaign | None = None, **fields: Any) -> Feed:
    """A feed; of a new campaign where none is given."""
    campaign = campaign or festival()[0]
    given = {"name": "channel", "service": "mastodon", **fields}
    return Feed.objects.create(campaign=campaign, **given)


def post(state: str = Post.PROPOSED, to: Feed | None = None, **fields: Any) -> Post:
    """A post of ten billion, to a new campaign's feed where none is given."""
    to = to or feed()
    number = Post.objects.count()
    given = {
        **{"text": "¥10 billion.", "occasion": f"news:{number}", "key": f"key-{number}"},
        **{"created_ms": NOW - 60_000, "expires_ms": NOW + 900_000, "state": state},
        **fields,
    }
    return Post.objects.create(feed=to, campaign=to.campaign, **given)
