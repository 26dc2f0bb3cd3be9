"""Milestones: rules, the record of their fall, and what became of it."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboard.admin import milestone_preview
from dashboard.admin.milestone_form import LadderForm, MilestoneForm
from dashboard.admin.read_only import Admin
from dashboard.core import measures
from dashboard.core.events import from_ms
from dashboard.core.money import EXPONENTS
from dashboard.store.tables import Milestone, MilestoneNote

if TYPE_CHECKING:
    Inline = admin.TabularInline[MilestoneNote, Milestone]
else:
    Inline = admin.TabularInline

_RULE = ["campaign", "key", "kind", "amount", "dimension", "of"]
_TOLD = ["label", "label_zh", "words", "words_zh", "take_over"]
_FEEDS = ["goes_to", "feeds", "approval"]
_RECORD = ["crossed", "position", "total", "confirmed", "late", "facts"]


class Notes(Inline):
    """What became of a milestone: looked at, never typed in."""

    model = MilestoneNote
    fields = readonly_fields = ("at", "what", "before", "after")
    extra, can_delete = 0, False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("at, UTC"))
    def at(self, note: MilestoneNote) -> str:
        return f"{from_ms(note.at_ms):%Y-%m-%d %H:%M:%S}"


@admin.register(Milestone)
class MilestoneAdmin(Admin):
    """Rules of all kinds. What has fallen stays as it fell: its words and feeds may be edited."""

    form = MilestoneForm
    inlines = (Notes,)
    list_display = ("key", "campaign", "kind", "awaited", "crossed", "confirmed", "late")
    list_filter = ("campaign", "kind")
    list_select_related = ("campaign",)
    filter_horizontal = ("feeds",)
    change_list_template = "milestones_admin.html"

    def get_fieldsets(self, request: HttpRequest, obj: Milestone | None = None) -> Any:
        shown = [
            (gettext_lazy("Rule"), {"fields": _RULE}),
            (gettext_lazy("Told"), {"fields": _TOLD}),
            (gettext_lazy("Feeds"), {"fields": _FEEDS}),
        ]
        preview = (gettext_lazy("Preview, as saved"), {"fields": ["preview"]})
        record = (gettext_lazy("Record"), {"fields": _RECORD})
        return [*shown, preview, record] if obj else shown

    def get_readonly_fields(self, request: HttpRequest, obj: Milestone | None = None) -> list[str]:
        if obj is None:
            return []
        fallen = obj.crossed_ms is not None or obj.rule_id is not None
        return ["preview", *_RECORD, "campaign", *(_RULE[1:] if fallen else [])]

    def has_delete_permission(self, request: HttpRequest, obj: Milestone | None = None) -> bool:
        """Refuse for what has fallen: it is never un-fired."""
        fallen = obj is not None and obj.crossed_ms is not None
        return not fallen and super().has_delete_permission(request, obj)

    def get_urls(self) -> list[URLPattern]:
        ladder = path("ladder/", self.admin_site.admin_view(self.ladder), name="milestone_ladder")
        poster = path(
            "<int:pk>/poster/<slug:case>/<slug:lang>/<slug:shape>.png",
            self.admin_site.admin_view(self.poster),
            name="milestone_poster",
        )
        return [ladder, poster, *super().get_urls()]

    def poster(
        self, request: HttpRequest, pk: int, case: str, lang: str, shape: str
    ) -> HttpResponse:
        """Draw a poster of a preview."""
        row = self.get_object(request, str(pk))
        if row is None or not self.has_view_permission(request, row):
            raise PermissionDenied
        found = milestone_preview.picture(row, case, lang, shape)
        if found is None:
            raise Http404
        return HttpResponse(found, content_type="image/png")

    @admin.display(description=gettext_lazy("what it says"))
    def preview(self, row: Milestone) -> str:
        posters = reverse("admin:milestone_poster", args=(row.pk, "case", "lang", "shape"))
        before = posters.removesuffix("case/lang/shape.png")
        return format_html("{}{}", milestone_preview.names(), milestone_preview.shown(row, before))

    def ladder(self, request: HttpRequest) -> HttpResponse:
        """Make many milestones in one step."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = LadderForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                made = form.save()
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                messages.success(request, _("%d added; what was there stays") % made)
                return HttpResponseRedirect(reverse("admin:dashboard_milestone_changelist"))
        shown = {"form": form, "title": _("A ladder of milestones"), "opts": self.opts}
        return render(
            request, "milestone_ladder.html", self.admin_site.each_context(request) | shown
        )

    @admin.display(description=gettext_lazy("amount"), ordering="amount")
    def awaited(self, row: Milestone) -> str:
        return measures.write(row.kind, row.amount, EXPONENTS[row.campaign.currency])

    @admin.display(description=gettext_lazy("crossed, UTC"), ordering="crossed_ms")
    def crossed(self, row: Milestone) -> str:
        return "-" if row.crossed_ms is None else f"{from_ms(row.crossed_ms):%Y-%m-%d %H:%M:%S}"
