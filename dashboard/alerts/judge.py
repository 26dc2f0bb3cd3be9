"""What is asked before a person lets a post out: whether it fits, and whether it is still true."""

from dashboard.alerts import desk
from dashboard.core import lengths
from dashboard.store.tables import Feed, Milestone, Post


class BeforeApproval:
    """Asks the service for its limit, and the record of milestones for what is so now."""

    def fits(self, feed: Feed, text: str) -> bool:
        """Return whether the feed's service takes so long a text."""
        return lengths.fits(text, desk.limit(feed))

    def still_true(self, post: Post) -> bool:
        """Return whether the milestone that a post tells of has fallen, by the record."""
        if post.milestone_id is None:
            return True
        return Milestone.objects.filter(pk=post.milestone_id, crossed_ms__isnull=False).exists()
