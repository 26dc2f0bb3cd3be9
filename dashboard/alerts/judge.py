"""What is asked before a person lets a post out: whether it fits, and whether it is still true."""

from dashboard.alerts import truth
from dashboard.alerts.news import limit_of
from dashboard.core import lengths
from dashboard.store.tables import Feed, Post
from gmvboard.clock import now_ms


class BeforeApproval:
    """Asks the service for its limit, and the record and the figures for what is so now."""

    def fits(self, feed: Feed, text: str) -> bool:
        """Return whether the feed's service takes so long a text."""
        return lengths.fits(text, limit_of(feed))

    def still_true(self, post: Post) -> bool:
        """Return whether what a post tells is so, by figures that can be trusted now."""
        return truth.still_true(post.milestone_id, now_ms(), post.story)
