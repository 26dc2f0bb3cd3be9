"""The staff page: every figure of the newest frame, and the way to what staff can do about it."""

from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dashboard.core.scales import Lang
from dashboard.pages.access import campaign_or_404
from dashboard.pages.modules import modules
from dashboard.pages.posts import SEE
from dashboard.pages.wall import config, fonts, language, name
from dashboard.store import posts, quarantined
from dashboard.store.tables import Campaign, Quarantined
from gmvboard.clock import now_ms

WORDS = {
    "en": {
        "quarantine": "Quarantine",
        "waiting": "waiting for a decision",
        "open": "Open in admin",
        "state": "Set the state",
        "wall": "Open the wall",
        "still": "Print it, or keep it as PDF",
        "csv": "All minutes as CSV",
        "theme": "Dark",
        "posts": "Posts",
        "notices": "Notices",
        "campaign": "Campaign",
        "screens": "Walls",
        "code": "Code that the wall shows",
        "place": "Where it hangs",
        "confirm": "Confirm the wall",
        "paired": "Confirmed walls",
    },
    "zh-hans": {
        "quarantine": "隔离区",
        "waiting": "条待处理",
        "open": "在后台打开",
        "state": "设置状态",
        "wall": "打开大屏",
        "still": "打印或存为 PDF",
        "csv": "全部分钟数据（CSV）",
        "theme": "深色",
        "posts": "发布",
        "notices": "通知",
        "campaign": "活动设置",
        "screens": "大屏",
        "code": "大屏上的确认码",
        "place": "大屏位置",
        "confirm": "确认大屏",
        "paired": "已确认的大屏",
    },
}


# What is kept aside, by kind, and the fields that hold an event back; others are named as in the
# contract.
KINDS = {
    "en": {"held": "Held", "conflict": "Conflict", "rejected": "Rejected", "isolated": "Isolated"},
    "zh-hans": {"held": "待核实", "conflict": "冲突", "rejected": "已拒收", "isolated": "已隔离"},
}
FIELDS = {
    "en": {
        **{"currency": "currency", "amount": "amount", "occurred_at": "time", "id": "same id"},
        "event": "whole event",
    },
    "zh-hans": {
        **{"currency": "币种", "amount": "金额", "occurred_at": "时间", "id": "编号重复"},
        "event": "整条事件",
    },
}


def reasons(waiting: list[tuple[str, str, int]], lang: Lang) -> list[tuple[str, str, int]]:
    """Return what waits in quarantine in words: kind, field, number."""
    return [
        (KINDS[lang].get(kind, kind), FIELDS[lang].get(field, field), number)
        for kind, field, number in waiting
    ]


def label_address(campaign: Campaign) -> str:
    """Return where staff give a breakdown's key its name; dimension and key are to be added."""
    return f"{reverse('admin:dashboard_label_add')}?campaign={campaign.pk}"


def outbox(request: HttpRequest, campaign: Campaign) -> dict[str, object]:
    """Return where the page follows the posts, for whoever may see them."""
    if not request.user.has_perm(SEE):
        return {}
    here = reverse("posts", args=[campaign.slug])
    title = name(campaign, language(request))
    return {"posts": {"socket": f"/ws{here}", "state": f"{here}state", "title": title}}


@staff_member_required
@require_safe
@never_cache  # it says what time it is
def staff(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the staff page of a campaign; whoever is not logged in is asked to."""
    campaign = campaign_or_404(request, slug)
    lang = language(request)
    waiting = quarantined.waiting(campaign)
    context = {
        "config": {
            **config(request, campaign),
            "label": label_address(campaign),
            "alarms": reverse("alarms", args=[slug]),
            "milestones": reverse("milestones", args=[slug]),
            **outbox(request, campaign),
        },
        "campaign": campaign,
        "name": name(campaign, lang),
        "fonts": fonts(lang),
        "modules": modules("js/staff.js"),
        "waiting": sum(number for kind, _, number in waiting if kind == Quarantined.HELD),
        "reasons": reasons(waiting, lang),
        "posts_waiting": posts.waiting(campaign.pk, now_ms()),
        "words": WORDS[lang],
    }
    return render(request, "staff.html", context)
