"""Feeds: accounts that posts go to; secrets are written here, and never shown again."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboard.admin.feed_form import FeedForm, account_fields
from dashboard.admin.read_only import Admin
from dashboard.alerts import trials
from dashboard.core.events import from_ms
from dashboard.store import feed_changes, feeds
from dashboard.store.decisions import Decision
from dashboard.store.tables import Feed
from gmvboard.clock import now_ms

_WHOSE = ("campaign", "name", "service", "audience")
_POSTS = ("lang", "poster", "approval", "holding_s", "cap_an_hour", "gap_s", "expires_s")


@admin.register(Feed)
class FeedAdmin(Admin):
    """Feeds. A new one is made first, and then asked for what its service wants to know."""

    list_display = ("__str__", "service", "audience", "lang", "approval", "state", "health")
    list_filter = ("campaign", "service", "audience")
    list_select_related = ("campaign",)
    actions = ("stop", "release", "propose_trial")

    def get_fieldsets(self, request: HttpRequest, obj: Feed | None = None) -> Any:
        if obj is None:
            return [(None, {"fields": [*_WHOSE, *_POSTS]})]
        shown = list(account_fields(obj)) if self.has_change_permission(request, obj) else []
        return [
            (None, {"fields": [*_WHOSE, "dry_run", "state", "health"]}),
            (gettext_lazy("Account"), {"fields": [*shown, "known"]}),
            (gettext_lazy("Posts"), {"fields": list(_POSTS)}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Feed | None = None) -> list[str]:
        return ["campaign", "service", "state", "health", "known"] if obj else []

    def get_form(
        self, request: HttpRequest, obj: Feed | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is not None and self.has_change_permission(request, obj):
            kwargs["form"] = type("AccountForm", (FeedForm,), account_fields(obj))
        else:
            kwargs["form"] = FeedForm
        return super().get_form(request, obj, change, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # its posts and its notes stay

    def save_model(self, request: HttpRequest, obj: Feed, form: Any, change: bool) -> None:
        feed_changes.keep(obj, _decision(request))

    def response_add(self, request: HttpRequest, obj: Feed, *args: Any) -> HttpResponse:
        if not self.has_change_permission(request, obj):
            return super().response_add(request, obj, *args)
        messages.info(request, _("Made, as a dry run: it sends nothing. Enter its account now."))
        return HttpResponseRedirect(reverse("admin:dashboard_feed_change", args=[obj.pk]))

    @admin.action(
        description=gettext_lazy("Stop: nothing goes out from now on"), permissions=["stop"]
    )
    def stop(self, request: HttpRequest, queryset: QuerySet[Feed]) -> None:
        done = sum(feed_changes.switch(feed, True, _decision(request)) for feed in queryset)
        messages.success(request, _("%d stopped") % done)

    @admin.action(description=gettext_lazy("Release the stop switch"), permissions=["stop"])
    def release(self, request: HttpRequest, queryset: QuerySet[Feed]) -> None:
        done = sum(feed_changes.switch(feed, False, _decision(request)) for feed in queryset)
        messages.success(request, _("%d released again") % done)

    @admin.action(
        description=gettext_lazy("Propose a trial post, which tells no figure"),
        permissions=["change"],
    )
    def propose_trial(self, request: HttpRequest, queryset: QuerySet[Feed]) -> None:
        for feed in queryset:
            trials.propose(feed, _decision(request))
        messages.success(request, _("%d proposed; they wait to be approved") % len(queryset))

    def has_stop_permission(self, request: HttpRequest) -> bool:
        """Return whether this person may throw and release stop switches."""
        return request.user.has_perm("dashboard.stop_posting")

    @admin.display(description=gettext_lazy("state"))
    def state(self, feed: Feed) -> str:
        if feed.stopped:
            return _("stopped")
        return _("dry run") if feed.dry_run else _("live")

    @admin.display(description=gettext_lazy("health"))
    def health(self, feed: Feed) -> str:
        if feed.failures:
            told = {"number": feed.failures, "error": feed.last_error}
            return _("%(number)d failures, the last: %(error)s") % told
        if feed.last_sent_ms is None:
            return _("nothing sent yet")
        return _("last sent %s UTC") % f"{from_ms(feed.last_sent_ms):%Y-%m-%d %H:%M:%S}"

    @admin.display(description=gettext_lazy("known"))
    def known(self, feed: Feed) -> str:
        try:
            return ", ".join(feeds.account(feed)) or _("nothing yet")
        except feeds.KeyChanged:
            return _("its secrets were sealed under another key: enter them again")


def _decision(request: HttpRequest) -> Decision:
    return Decision(request.user.get_username(), now_ms())
