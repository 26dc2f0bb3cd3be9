"""Who did what to a post: written beside each change, never altered."""

from typing import Any

from dashboard.core.posting import OUTBOX
from dashboard.store.tables import Post, PostNote


def note(post: Post, action: str, state: str, now_ms: int, by: str = OUTBOX, **after: Any) -> None:
    """Write that `by` moved `post`, as it was read, to `state`; in the change's own transaction."""
    PostNote.objects.create(
        post=post,
        at_ms=now_ms,
        by=by[:150],
        action=action,
        before={"state": post.state},
        after={"state": state, **{name: value for name, value in after.items() if value}},
    )
