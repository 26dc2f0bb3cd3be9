"""The staff page: every figure of the newest frame, and the way to what staff can do about it."""

from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard.pages.access import campaign_or_404
from dashboard.pages.wall import config, fonts, language, name
from dashboard.store import quarantined
from dashboard.store.tables import Campaign

WORDS = {
    "en": {
        "quarantine": "Quarantine",
        "waiting": "waiting for a decision",
        "open": "Open in admin",
        "state": "Set the state",
        "wall": "Open the wall",
        "csv": "All minutes as CSV",
        "theme": "Dark",
        "campaign": "Campaign",
    },
    "zh-hans": {
        "quarantine": "隔离区",
        "waiting": "条待处理",
        "open": "在后台打开",
        "state": "设置状态",
        "wall": "打开大屏",
        "csv": "全部分钟数据（CSV）",
        "theme": "深色",
        "campaign": "活动设置",
    },
}


def waiting(campaign: Campaign) -> int:
    """Return how many of the campaign's events lie in quarantine, waiting for a decision."""
    rows = quarantined.counts()
    return sum(n for *row, n in rows if row == [campaign.slug, "held", "waiting"])


@staff_member_required
@require_safe
def staff(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the staff page of a campaign; whoever is not logged in is asked to."""
    campaign = campaign_or_404(request, slug)
    lang = language(request)
    context = {
        "config": config(request, campaign),
        "campaign": campaign,
        "name": name(campaign, lang),
        "fonts": fonts(lang),
        "waiting": waiting(campaign),
        "words": WORDS[lang],
    }
    return render(request, "staff.html", context)
