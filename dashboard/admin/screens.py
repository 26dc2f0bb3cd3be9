"""Walls that were paired: what each is and when it was there last; revoked here."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboard.admin.read_only import ReadOnly
from dashboard.core.events import from_ms
from dashboard.store import screens
from dashboard.store.tables import Screen
from gmvboard.clock import now_ms


@admin.register(Screen)
class ScreenAdmin(ReadOnly):
    """Walls with a cookie of their own; the code that each showed was confirmed by staff."""

    list_display = ("__str__", "campaign", "state", "seen", "address", "paired", "paired_by")
    list_filter = ("campaign",)
    fields = (
        *("campaign", "name", "state", "seen", "address"),
        *("paired", "paired_by", "first_address"),
    )
    actions = ("revoke",)

    @admin.action(
        description=gettext_lazy("Revoke: it is dark within a minute"), permissions=["revoke"]
    )
    def revoke(self, request: HttpRequest, queryset: QuerySet[Screen]) -> None:
        ended = sum(screens.revoke(screen.pk, now_ms()) for screen in queryset)
        messages.success(request, _("%d revoked") % ended)

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        """Return whether this person may revoke walls."""
        return request.user.has_perm("dashboard.change_screen")

    @admin.display(description=gettext_lazy("state"))
    def state(self, screen: Screen) -> str:
        if screen.revoked_ms is not None:
            return _("revoked %s UTC") % _utc(screen.revoked_ms)
        return _("paired") if screen.until_ms > now_ms() else _("over: not seen for 30 days")

    @admin.display(description=gettext_lazy("last seen, UTC"))
    def seen(self, screen: Screen) -> str:
        return _utc(screen.seen_ms)

    @admin.display(description=gettext_lazy("paired, UTC"))
    def paired(self, screen: Screen) -> str:
        return _utc(screen.paired_ms)


def _utc(moment_ms: int) -> str:
    return f"{from_ms(moment_ms):%Y-%m-%d %H:%M}"
