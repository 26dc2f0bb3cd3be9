"""Posts and who did what to them, to look at; what is done to them is done on their own page."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from dashboard.admin.read_only import ReadOnly
from dashboard.core.events import from_ms
from dashboard.store.tables import Post, PostNote


@admin.register(Post)
class PostAdmin(ReadOnly):
    """The outbox: every post that was ever proposed."""

    list_display = ("__str__", "state", "made", "sent", "dry_run", "remote_url")
    list_filter = ("campaign", "state", "kind", "feed__service", "dry_run")
    list_select_related = ("feed__campaign",)
    search_fields = ("text",)
    fields = (
        *("feed", "campaign", "milestone", "corrects", "kind", "occasion", "state"),
        *("text", "lang", "link", "poster", "alt", "made", "sent", "attempts", "dry_run"),
        *("remote_id", "remote_url", "error", "request"),
    )
    show_full_result_count = False

    @admin.display(description=gettext_lazy("proposed, UTC"), ordering="created_ms")
    def made(self, post: Post) -> str:
        return _utc(post.created_ms)

    @admin.display(description=gettext_lazy("sent, UTC"), ordering="sent_ms")
    def sent(self, post: Post) -> str:
        return _utc(post.sent_ms)


@admin.register(PostNote)
class PostNoteAdmin(ReadOnly):
    """Who did what to posts, feeds and the switch: never altered or deleted (S24)."""

    list_display = ("at", "by", "action", "post", "feed", "before", "after")
    list_display_links = ("at",)
    list_filter = ("action", "feed")
    list_select_related = ("post__feed__campaign", "feed__campaign")
    search_fields = ("by",)
    fields = ("at", "by", "action", "post", "feed", "before", "after")
    show_full_result_count = False

    @admin.display(description=gettext_lazy("at, UTC"), ordering="at_ms")
    def at(self, note: PostNote) -> str:
        return _utc(note.at_ms)


def _utc(ms: int | None) -> str:
    return f"{from_ms(ms):%Y-%m-%d %H:%M:%S}" if ms is not None else "-"
