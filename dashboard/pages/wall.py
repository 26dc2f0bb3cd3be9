"""The wall: a page that is nothing but its frames."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dashboard.core.scales import Lang
from dashboard.pages.access import campaign_or_404
from dashboard.store.tables import Campaign

BARLOW = (
    "vendor/barlow-condensed/barlow-condensed-latin-500-normal.woff2",
    "vendor/barlow-condensed/barlow-condensed-latin-600-normal.woff2",
    "vendor/barlow-semi-condensed/barlow-semi-condensed-latin-500-normal.woff2",
    "vendor/barlow-semi-condensed/barlow-semi-condensed-latin-600-normal.woff2",
)
CHINESE = (
    "vendor/noto-sans-sc/interface-500.woff2",
    "vendor/noto-sans-sc/interface-600.woff2",
)


def language(request: HttpRequest) -> Lang:
    """Return the page's language: `?lang=`, else what the browser prefers."""
    wanted = request.GET.get("lang") or get_language() or "en"
    return "zh-hans" if wanted.lower().startswith("zh") else "en"


def config(request: HttpRequest, campaign: Campaign) -> dict[str, object]:
    """Return what the page's script needs: addresses, language, and the switches of the address.

    `?motion=off` and `?orbit=off` are for kiosks, where no media query can be set.
    """
    api = f"/api/v1/campaigns/{campaign.slug}"
    return {
        "slug": campaign.slug,
        "lang": language(request),
        "snapshot": f"{api}/snapshot",
        "reference": f"{api}/reference",
        "socket": f"/ws/campaigns/{campaign.slug}/",
        "motion": request.GET.get("motion") != "off",
        "orbit": request.GET.get("orbit") != "off",
    }


def name(campaign: Campaign, lang: Lang) -> str:
    """Return the campaign's name in the page's language."""
    return campaign.name_zh or campaign.name if lang == "zh-hans" else campaign.name


def fonts(lang: Lang) -> tuple[str, ...]:
    """Return the font files that the first paint waits for."""
    return BARLOW + CHINESE if lang == "zh-hans" else BARLOW


@require_safe
def wall(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the wall of a campaign; 404 where it is unknown or not for this caller."""
    campaign = campaign_or_404(request, slug, walls=True)
    lang = language(request)
    context = {
        "config": config(request, campaign),
        "name": name(campaign, lang),
        "fonts": fonts(lang),
    }
    return render(request, "wall.html", context)
