"""Campaigns, sources and keys, rates, references, site states and names."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboard.admin.read_only import Admin, ReadOnly
from dashboard.core.events import from_ms
from dashboard.core.names import visible
from dashboard.store import campaigns, keys
from dashboard.store.tables import (
    Batch,
    Campaign,
    Label,
    Rate,
    Reference,
    SiteState,
    Source,
    SourceKey,
    new_token,
)
from gmvboard.clock import now_ms

admin.site.site_header = admin.site.site_title = "GMV Board"


@admin.register(Campaign)
class CampaignAdmin(Admin):
    """Campaigns; the window may be edited while live."""

    list_display = ("slug", "name", "start", "end", "currency", "visibility")
    actions = ("new_read_token",)
    fieldsets = (
        (None, {"fields": ("slug", ("name", "name_zh"), ("start", "end", "timezone"))}),
        (gettext_lazy("Money"), {"fields": ("currency", "payment_cap", ("basis", "basis_zh"))}),
        (gettext_lazy("Screens"), {"fields": ("visibility", "notice")}),
        (
            gettext_lazy("Rehearsal clock"),
            {
                "classes": ("collapse",),
                "description": gettext_lazy(
                    "Figures of a campaign with such a clock are marked REHEARSAL."
                ),
                "fields": ("clock_real_ms", "clock_campaign_ms", "clock_speed_permille"),
            },
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Campaign | None = None) -> list[str]:
        return ["slug", "currency"] if obj else []

    @admin.action(description=gettext_lazy("New read token (shown once; the old one ends)"))
    def new_read_token(self, request: HttpRequest, queryset: QuerySet[Campaign]) -> None:
        for campaign in queryset:
            token = new_token("gmv_read")
            campaign.read_token_hash = campaigns.hash_token(token)
            campaign.save(update_fields=["read_token_hash"])
            messages.success(request, f"{campaign}: {token}")


@admin.register(Source)
class SourceAdmin(Admin):
    """Who sends events; keys are made here and shown once."""

    list_display = ("__str__", "enabled", "events_per_second")
    list_filter = ("campaign",)
    actions = ("new_key", "new_signing_secret")

    @admin.action(description=gettext_lazy("New ingest key (shown once; older ones stay valid)"))
    def new_key(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        for source in queryset:
            messages.success(request, f"{source}: {keys.issue_key(source)}")

    @admin.action(
        description=gettext_lazy("New signing secret (shown once; older ones stay valid)")
    )
    def new_signing_secret(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        for source in queryset:
            messages.success(request, f"{source}: {keys.issue_signing_secret(source)}")


@admin.register(SourceKey)
class SourceKeyAdmin(ReadOnly):
    """Keys in force and revoked."""

    list_display = ("__str__", "created", "revoked_at")
    list_filter = ("source__campaign",)
    actions = ("revoke",)

    @admin.action(description=gettext_lazy("Revoke"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[SourceKey]) -> None:
        for key in queryset:
            keys.revoke(key)
            messages.success(request, _("%s revoked, in force within 2 s") % key)

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        """Return whether this person may revoke keys."""
        return request.user.has_perm("dashboard.change_sourcekey")


@admin.register(Batch)
class BatchAdmin(ReadOnly):
    """The ledger, to look at."""

    list_display = ("campaign", "seq", "source", "received", "count")
    list_filter = ("campaign",)
    fields = ("campaign", "seq", "source", "received", "count")
    show_full_result_count = False

    @admin.display(description=gettext_lazy("received, UTC"))
    def received(self, batch: Batch) -> str:
        return f"{from_ms(batch.received_ms):%Y-%m-%d %H:%M:%S}"


@admin.register(Rate)
class RateAdmin(Admin):
    """Rates of exchange: entered, never altered; the ledger keeps what was counted by the old."""

    list_display = ("currency", "rate", "since", "campaign", "entered")
    list_filter = ("campaign", "currency")
    fields = ("campaign", "currency", "since", "rate")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: Any, obj: Rate, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        messages.info(
            request,
            _(
                "It holds for events accepted from now on; what was counted before keeps its"
                " amount. To correct a rate, add another one from the same instant."
            ),
        )


@admin.register(SiteState)
class SiteStateAdmin(Admin):
    """What staff say of the payment site; a new row begins a new state."""

    list_display = ("campaign", "state", "since", "note", "worst_stuck")
    list_filter = ("campaign",)
    fields = ("campaign", "state", "note", "since_ms")

    def save_model(self, request: Any, obj: SiteState, form: Any, change: bool) -> None:
        if obj.since_ms is None:
            obj.since_ms = obj.campaign.clock.campaign(now_ms())
        super().save_model(request, obj, form, change)

    @admin.display(description=gettext_lazy("since, UTC, campaign time"))
    def since(self, row: SiteState) -> str:
        return f"{from_ms(row.since_ms):%Y-%m-%d %H:%M:%S}"


@admin.register(Reference)
class ReferenceAdmin(Admin):
    """Other years, imported by `manage.py importreference`."""

    list_display = ("label", "campaign", "total", "primary", "basis")
    list_filter = ("campaign",)
    exclude = ("minutes", "counters", "by")


@admin.register(Label)
class LabelAdmin(Admin):
    """Curated names of the breakdowns' keys."""

    list_display = ("dimension", "plain_key", "name", "name_zh", "campaign")
    list_display_links = ("plain_key",)
    list_filter = ("campaign", "dimension")

    @admin.display(description="key", ordering="key")
    def plain_key(self, label: Label) -> str:
        return visible(label.key)
