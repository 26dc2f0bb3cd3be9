"""Staff confirm a wall: they type the code that it shows."""

from django.contrib import messages
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dashboard.core.scales import Lang
from dashboard.pages.access import campaign_or_404
from dashboard.pages.wall import language
from dashboard.store import pairings
from dashboard.store.pairings import ELSEWHERE, STAFF_ONLY, UNKNOWN, NotPaired
from dashboard.store.tables import Campaign
from gmvboard.clock import now_ms

DONE = "done"
WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        DONE: "The wall is confirmed and shows the figures in a few seconds.",
        UNKNOWN: "No wall shows this code now. A code holds for 10 minutes, and once.",
        ELSEWHERE: "The wall with this code has another campaign's address.",
        STAFF_ONLY: "This campaign is for staff alone: log in on the wall's own browser.",
    },
    "zh-hans": {
        DONE: "大屏已确认，数秒后显示数据。",
        UNKNOWN: "当前没有大屏显示此确认码。确认码 10 分钟内有效，仅限一次。",
        ELSEWHERE: "显示此确认码的大屏，其网址属于其他活动。",
        STAFF_ONLY: "此活动仅限工作人员：请在大屏的浏览器上登录。",
    },
}


@staff_member_required
@permission_required("dashboard.add_screen", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm the wall whose code was typed, and say on the staff page what came of it.

    A session that ends while the staff page is open comes back from the login by GET, without a
    code: that page it is.
    """
    campaign, lang = campaign_or_404(request, slug), language(request)
    if request.method == "POST":
        _confirm(request, campaign, WORDS[lang])
    return redirect(f"{reverse('staff', args=[slug])}?lang={lang}")


def _confirm(request: HttpRequest, campaign: Campaign, words: dict[str, str]) -> None:
    code, name = request.POST.get("code", ""), request.POST.get("name", "")
    by = request.user.get_username()
    try:
        pairings.confirm(code, by, now_ms(), name=name.strip(), only=campaign)
    except NotPaired as error:
        messages.error(request, words[error.why])
    else:
        messages.success(request, words[DONE])
