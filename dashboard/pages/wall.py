"""The wall: a page that is nothing but its frames."""

import math

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dashboard.core.scales import Lang
from dashboard.pages.access import campaign_or_404
from dashboard.store.tables import Campaign

# The margins pay for it, and for 0.08 rem of wandering on top.
MOST_SHIFT_REM = 0.1
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

    `?motion=off` and `?orbit=off` are for kiosks, where no media query can be set; `?oled=on` has
    the columns change sides each hour; `?bezel=` shifts the page down by rem, up where negative.
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
        "oled": request.GET.get("oled") == "on",
        "bezel": bezel(request.GET.get("bezel", "")),
    }


def bezel(text: str) -> float:
    """Return by how many rem the page is shifted, at most 0.1; 0 where `text` is no number."""
    try:
        wanted = float(text or 0)
    except ValueError:
        return 0.0
    return max(-MOST_SHIFT_REM, min(wanted, MOST_SHIFT_REM)) if math.isfinite(wanted) else 0.0


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
