"""The wall: a page that is nothing but its frames."""

import math

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from dashboard.core.names import safe_name
from dashboard.core.scales import Lang
from dashboard.pages.access import campaign_or_404
from dashboard.pages.first import first_figures
from dashboard.pages.modules import modules
from dashboard.store.tables import Campaign
from gmvboard.clock import now_ms

# The margins pay for it, and for 0.08 rem of wandering on top.
MOST_SHIFT_REM = 0.1
PRINT = {"en": "Print, or save as PDF", "zh-hans": "打印或存为 PDF"}
_LONGEST_NAME = 80
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
    """Return what the page's script needs: addresses, language, the time, the address' switches.

    `?motion=off` and `?orbit=off` are for kiosks, where no media query can be set; `?oled=on` has
    the columns change sides each hour; `?bezel=` shifts the page down by rem, up where negative.
    Where anybody may see the wall, it shows no name but curated ones (S20).
    """
    api = f"/api/v1/campaigns/{campaign.slug}"
    return {
        "slug": campaign.slug,
        "now": now_ms(),
        "lang": language(request),
        "snapshot": f"{api}/snapshot",
        "reference": f"{api}/reference",
        "socket": f"/ws/campaigns/{campaign.slug}/",
        "motion": request.GET.get("motion") != "off",
        "orbit": request.GET.get("orbit") != "off",
        "oled": request.GET.get("oled") == "on",
        "bezel": bezel(request.GET.get("bezel", "")),
        "free_names": campaign.visibility != Campaign.PUBLIC,
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
    own = campaign.name_zh or campaign.name if lang == "zh-hans" else campaign.name
    return safe_name(own, most=_LONGEST_NAME)


def fonts(lang: Lang) -> tuple[str, ...]:
    """Return the font files that the first paint waits for."""
    return BARLOW + CHINESE if lang == "zh-hans" else BARLOW


# A playlist of our own origin shows walls in frames.
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[untyped-decorator]
@require_safe
@never_cache  # it says what time it is
def wall(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the wall of a campaign; 404 where it is unknown or not for this caller.

    With `?still=1` (or `a3`) its present state for a sheet of paper, to be printed or kept as PDF.
    """
    campaign = campaign_or_404(request, slug, walls=True)
    lang = language(request)
    context: dict[str, object] = {
        "config": config(request, campaign),
        "name": name(campaign, lang),
        "fonts": fonts(lang),
    }
    if still := request.GET.get("still"):
        paper = "a3" if still.lower() == "a3" else "a4"
        context |= {"paper": paper, "print": PRINT[lang], "modules": modules("js/still.js")}
        return render(request, "still.html", context)
    soonest, every = modules("js/first.js"), modules("js/wall.js")
    context |= {
        "first": first_figures(campaign),
        "first_modules": soonest,
        "modules": [one for one in every if one not in soonest],
    }
    return render(request, "wall.html", context)
