"""The quarantine: staff look at events kept aside, and release or drop them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboard import pipeline
from dashboard.accept.quarantine import entry_again, entry_of
from dashboard.admin.read_only import ReadOnly
from dashboard.core.events import Entry, from_ms
from dashboard.core.names import visible
from dashboard.store import decisions, keys, quarantined
from dashboard.store.decisions import Decision
from dashboard.store.keys import Facts
from dashboard.store.tables import Quarantined
from gmvboard.clock import now_ms


class FieldFilter(admin.SimpleListFilter):
    """By the field of the contract that the reason begins with."""

    title = gettext_lazy("reason")
    parameter_name = "field"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return [(field, field) for field in quarantined.fields()]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Quarantined]
    ) -> QuerySet[Quarantined]:
        return queryset.filter(field=self.value()) if self.value() else queryset


@admin.register(Quarantined)
class QuarantinedAdmin(ReadOnly):
    """Events kept aside, with the reason, and what was decided of them by whom."""

    list_display = ("event_id", "kind", "state", "reason", "source", "received", "decided")
    list_filter = ("campaign", "kind", FieldFilter, "state")
    list_select_related = ("source__campaign",)
    search_fields = ("event_id",)
    fields = (
        *("campaign", "source", "kind", "state", "reason", "event_id", "received", "decided"),
        "event",
    )
    show_full_result_count = False
    actions = ("release", "drop")

    @admin.action(
        description=gettext_lazy("Release: count held and isolated events"),
        permissions=["decide"],
    )
    def release(self, request: HttpRequest, queryset: QuerySet[Quarantined]) -> None:
        some = queryset.filter(kind__in=Quarantined.RELEASABLE, state=Quarantined.WAITING)
        others = queryset.count() - some.count()
        decision, released, refusals = _decision(request), 0, Counter[str]()
        for rows in _by_thousands(some):
            entries, refused = _entries(rows, decision.at_ms)
            released += decisions.release(entries, decision)
            refusals += refused
            for campaign_id in {row.campaign_id for row in rows}:
                pipeline.ring(campaign_id)
        messages.success(request, _("%d released") % released)
        if others:
            messages.warning(
                request,
                _(
                    "%d left as they are: neither held nor isolated (a conflict's first event"
                    " stands, what was rejected is no event), or decided before"
                )
                % others,
            )
        for why, number in refusals.most_common(10):
            messages.error(
                request, _("%(number)d not released: %(why)s") % {"number": number, "why": why}
            )

    @admin.action(description=gettext_lazy("Drop: never count them"), permissions=["decide"])
    def drop(self, request: HttpRequest, queryset: QuerySet[Quarantined]) -> None:
        dropped = decisions.drop(queryset, _decision(request))
        messages.success(request, _("%d dropped; they stay here, and are not counted") % dropped)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Return whether this person may release and drop."""
        return request.user.has_perm("dashboard.change_quarantined")

    @admin.display(description=gettext_lazy("received, UTC"))
    def received(self, row: Quarantined) -> str:
        return _utc(row.received_ms)

    @admin.display(description=gettext_lazy("decided, UTC"))
    def decided(self, row: Quarantined) -> str:
        return f"{_utc(row.decided_ms)}, {row.decided_by}" if row.decided_ms else "-"

    @admin.display(description=gettext_lazy("event as it came"))
    def event(self, row: Quarantined) -> str:
        return visible(bytes(row.raw).decode(errors="replace"))


def _decision(request: HttpRequest) -> Decision:
    return Decision(request.user.get_username(), now_ms())


def _by_thousands(rows: QuerySet[Quarantined]) -> Iterator[list[Quarantined]]:
    found = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(found), 1_000):
        some = rows.filter(pk__in=found[start : start + 1_000])
        yield list(some.select_related("campaign"))


def _entries(
    rows: Iterable[Quarantined], at_ms: int
) -> tuple[list[tuple[int, Entry]], Counter[str]]:
    """Return the entries of events by their rows' keys, and why others have none."""
    facts: dict[int, Facts] = {}
    entries: list[tuple[int, Entry]] = []
    refusals: Counter[str] = Counter()
    for row in rows:
        if row.campaign_id not in facts:
            facts[row.campaign_id] = keys.facts_of(row.campaign)
        try:
            entry = _entry(row, facts[row.campaign_id])
        except ValueError as error:
            refusals[str(error)] += 1
            continue
        if entry.at > facts[row.campaign_id].clock.campaign(at_ms):
            refusals[_("still in the future by the campaign's clock")] += 1
        else:
            entries.append((row.pk, entry))
    return entries, refusals


def _entry(row: Quarantined, facts: Facts) -> Entry:
    raw = bytes(row.raw)
    return entry_again(raw) if row.kind == Quarantined.ISOLATED else entry_of(raw, facts)


def _utc(ms: int) -> str:
    return f"{from_ms(ms):%Y-%m-%d %H:%M:%S}"
