"""The address of a wall: the wall itself, or a code for whoever may not see it yet.

Any well-formed address shows a code, also one of no campaign: a stranger learns from it neither
which campaigns are kept from him nor which there are, as by the 404 of the API.
"""

import threading
import time

import msgspec
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from dashboard.core.access import wall_cookie
from dashboard.core.buckets import Buckets
from dashboard.pages.access import campaign_or_404, wall_token
from dashboard.pages.figures import as_json
from dashboard.pages.problems import allow, problem
from dashboard.pages.wall import fonts, language
from dashboard.pages.wall import wall as the_wall
from dashboard.store import pairings
from dashboard.store.tables import Pairing
from gmvboard.clock import now_ms

# Browsers keep no cookie for longer; whether it still opens anything, the board decides.
_COOKIE_S = 400 * 24 * 3600
_LONGEST_SLUG = 64
# A waiting wall asks every 4 s, and a venue's walls may share an address. New codes: 40 at once,
# then as many again in the 10 minutes for which they hold.
_ASKS = Buckets(per_second=10, burst=60)
_CODES = Buckets(per_second=40 / 600, burst=40)
_lock = threading.Lock()


class Standing(msgspec.Struct):
    """Where a wall stands: paired, or the code it is to show, and for how long."""

    paired: bool
    code: str | None = None
    seconds_left: int | None = None


@require_safe
def wall(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the wall, and its cookie anew; a code for whoever may not see it."""
    try:
        response: HttpResponse = the_wall(request, slug)
    except Http404:
        return _code_page(request, slug)
    if token := wall_token(request, slug):
        _keep(response, slug, token)
    return response


@allow("POST")
def standing(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell a wall where it stands; one without a code that holds gets a new one, and a token."""
    address = request.META.get("REMOTE_ADDR", "")
    if wait_s := _wait(_ASKS, address):
        return _later(wait_s)
    try:
        campaign_or_404(request, slug, walls=True)
        return as_json(Standing(paired=True))
    except Http404:
        _well_formed(slug)
    if pairing := pairings.waiting(slug, wall_token(request, slug), now_ms()):
        return as_json(_shown(pairing))
    if wait_s := _wait(_CODES, address):
        return _later(wait_s)
    return _begin(slug, address)


def _begin(slug: str, address: str) -> HttpResponse:
    token, pairing = pairings.begin(slug, address, now_ms())
    response = as_json(_shown(pairing))
    _keep(response, slug, token)
    return response


def _shown(pairing: Pairing) -> Standing:
    left_ms = max(0, pairing.until_ms - now_ms())
    return Standing(paired=False, code=pairing.code, seconds_left=left_ms // 1000)


def _keep(response: HttpResponse, slug: str, token: str) -> None:
    """Have the browser keep a wall's token where no script can read it."""
    response.set_cookie(
        wall_cookie(slug, settings.HTTPS),
        token,
        max_age=_COOKIE_S,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    add_never_cache_headers(response)


def _code_page(request: HttpRequest, slug: str) -> HttpResponse:
    _well_formed(slug)
    lang = language(request)
    config = {
        "lang": lang,
        "pairing": f"/wall/{slug}/pairing",
        "confirm": f"{request.get_host()}/staff/{slug}/",
        "csrf": get_token(request),
        "orbit": request.GET.get("orbit") != "off",
    }
    response = render(request, "pairing.html", {"config": config, "fonts": fonts(lang)})
    response["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    return response


def _well_formed(slug: str) -> None:
    if len(slug) > _LONGEST_SLUG:
        raise Http404


def _wait(buckets: Buckets, address: str) -> float:
    with _lock:  # views run in several threads
        return buckets.take(address, time.monotonic())


def _later(wait_s: float) -> HttpResponse:
    detail = "pairing: too many walls ask from one address"
    return problem(429, detail, retry_after_s=int(wait_s) + 1)
