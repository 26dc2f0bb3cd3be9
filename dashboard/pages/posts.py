"""The staff page of posts, and the state that it shows for a browser without a socket."""

from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dashboard.alerts import desk
from dashboard.pages.access import campaign_or_404
from dashboard.pages.modules import modules
from dashboard.pages.wall import fonts, language, name
from dashboard.store.tables import Campaign
from gmvboard.clock import now_ms

WORDS = {
    "en": {
        **{"posts": "Posts", "theme": "Dark", "figures": "Figures", "notices": "Notices"},
        "admin": "Open admin",
        "rehearsal": "REHEARSAL",
    },
    "zh-hans": {
        **{"posts": "发布", "theme": "深色", "figures": "数据", "notices": "通知"},
        "admin": "打开后台",
        "rehearsal": "演练",
    },
}
SEE, APPROVE, STOP = "dashboard.view_post", "dashboard.approve_post", "dashboard.stop_posting"


@staff_member_required
@permission_required(SEE, raise_exception=True)
@require_safe
@never_cache
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the page; whoever is not logged in is asked to."""
    campaign = campaign_or_404(request, slug)
    lang = language(request)
    context = {
        "config": config(request, campaign),
        "campaign": campaign,
        "name": name(campaign, lang),
        "rehearsal": campaign.clock.rehearsal,
        "fonts": fonts(lang),
        "modules": modules("js/posts.js"),
        "words": WORDS[lang],
    }
    return render(request, "posts.html", context)


def config(request: HttpRequest, campaign: Campaign) -> dict[str, object]:
    """Return what the page's script needs: addresses, what this person may, money and zone."""
    here = reverse("posts", args=[campaign.slug])
    return {
        "slug": campaign.slug,
        "now": now_ms(),
        "lang": language(request),
        "title": name(campaign, language(request)),
        "posts": here,
        "state": f"{here}state",
        "admin": reverse("admin:dashboard_post_changelist"),
        "stop": f"{here}stop",
        "socket": f"/ws{here}",
        "token": get_token(request),
        "may_approve": request.user.has_perm(APPROVE),
        "may_stop": request.user.has_perm(STOP),
        "zone": campaign.timezone,
    }


@staff_member_required
@permission_required(SEE, raise_exception=True)
@require_safe
@never_cache
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the state, as the socket tells it."""
    return told(campaign_or_404(request, slug))


def told(campaign: Campaign) -> HttpResponse:
    """Return a campaign's document with the time at which it is told."""
    return HttpResponse(desk.stamped(desk.document(campaign.pk), now_ms()), "application/json")
