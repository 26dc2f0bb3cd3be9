"""The playlist: one address that shows several walls in turn. Without it nothing rotates.

`/walls/?show=spring,autumn:zh-hans&every=60`: campaigns by slug, each with a language of its own
where one is named; without `show`, all that the caller may see. `every` is in seconds. What else
the address says (`motion=off`, `orbit=off` …) is passed on to the walls.
"""

from urllib.parse import urlencode

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dashboard.core.scales import Lang
from dashboard.pages.access import is_paired, sees, visible
from dashboard.pages.modules import modules
from dashboard.pages.wall import fonts, language
from dashboard.store import campaigns

EVERY_S, LEAST_S, MOST_S = 60, 10, 3_600
MOST_WALLS = 20
_OURS = ("show", "every", "lang")

Wall = tuple[str, Lang]


@csp_update({"frame-src": [SELF]})  # type: ignore[untyped-decorator]
@require_safe
def walls(request: HttpRequest) -> HttpResponse:
    """Return the page that rotates walls; 404 where there is none that the caller may see."""
    lang = language(request)
    addresses = [_address(request, one) for one in chosen(request, lang)]
    if not addresses:
        raise Http404
    config = {
        "lang": lang,
        "walls": addresses,
        "every": every(request.GET.get("every", "")),
        "motion": request.GET.get("motion") != "off",
    }
    context = {"config": config, "fonts": fonts(lang), "modules": modules("js/playlist.js")}
    return render(request, "walls.html", context)


def chosen(request: HttpRequest, lang: Lang) -> list[Wall]:
    """Return the walls of an address in its order; unknown and hidden ones are left out, alike."""
    if "show" not in request.GET:
        return [(campaign.slug, lang) for campaign in visible(request)][:MOST_WALLS]
    named = [_wall(one, lang) for one in request.GET["show"].split(",")[:MOST_WALLS]]
    return [one for one in named if _shows(request, one[0])]


def every(text: str) -> int:
    """Return for how many seconds a wall stays, 10 to 3,600; 60 where `text` is no number."""
    if not (text.isascii() and text.isdigit()):
        return EVERY_S
    return max(LEAST_S, min(int(text[:9]), MOST_S))


def _wall(text: str, lang: Lang) -> Wall:
    slug, _, wanted = text.strip().partition(":")
    if not wanted:
        return slug, lang
    return slug, "zh-hans" if wanted.lower().startswith("zh") else "en"


def _shows(request: HttpRequest, slug: str) -> bool:
    campaign = campaigns.by_slug(slug)
    return campaign is not None and (sees(request, campaign) or is_paired(request, campaign))


def _address(request: HttpRequest, wall: Wall) -> str:
    slug, lang = wall
    others = [(name, value) for name, value in request.GET.items() if name not in _OURS]
    return f"{reverse('wall', args=[slug])}?{urlencode([('lang', lang), *others])}"
