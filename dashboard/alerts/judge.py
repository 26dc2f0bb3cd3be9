"""What is asked before a person lets a post out: whether it fits, and whether it is still true."""

import msgspec

from dashboard.alerts.news import limit_of, still_true
from dashboard.core import lengths
from dashboard.core.story import Story
from dashboard.store.tables import Feed, Post


class BeforeApproval:
    """Asks the service for its limit, and the record of milestones for what is so now."""

    def fits(self, feed: Feed, text: str) -> bool:
        """Return whether the feed's service takes so long a text."""
        return lengths.fits(text, limit_of(feed))

    def still_true(self, post: Post) -> bool:
        """Return whether a post says nothing that its milestone's facts, as kept now, do not."""
        facts = post.milestone.facts if post.milestone else None
        if post.kind != Post.NEWS or facts is None:
            return True
        return still_true(post.story, msgspec.convert(facts, Story))
