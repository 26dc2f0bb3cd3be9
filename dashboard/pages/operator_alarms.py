"""The alarms that stand, for the staff page."""

import msgspec
from django.http import Http404, HttpRequest, HttpResponse

from dashboard.alerts import alarm_words
from dashboard.core.events import rfc3339
from dashboard.pages.access import campaign_or_404, is_staff
from dashboard.pages.figures import as_json
from dashboard.pages.problems import allow
from dashboard.pages.wall import language
from dashboard.store import alarms


class Standing(msgspec.Struct):
    """An alarm that stands: what is wrong in the page's language, and since when (real time)."""

    key: str
    text: str
    since: str


@allow("GET", "HEAD")
def operator_alarms(request: HttpRequest, slug: str) -> HttpResponse:
    """List a campaign's alarms and the board's, oldest first; for staff, to others nothing."""
    if not is_staff(request):
        raise Http404
    campaign, lang = campaign_or_404(request, slug), language(request)
    found = alarms.standing_for(campaign.pk)
    response = as_json(
        [
            Standing(one.about.key, alarm_words.alarm(one, lang), rfc3339(one.raised_ms))
            for one in found
        ]
    )
    response["Cache-Control"] = "no-store"
    return response
