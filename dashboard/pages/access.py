"""Which campaigns a request may see, and who may keep a copy of what it was told."""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from dashboard.core.access import bearer, may_see, wall_cookie
from dashboard.store import campaigns, screens
from dashboard.store.tables import Campaign
from gmvboard.clock import now_ms


def is_staff(request: HttpRequest) -> bool:
    """Return whether the request comes with the session of an active member of staff."""
    return bool(request.user.is_active and request.user.is_staff)


def sees(request: HttpRequest, campaign: Campaign) -> bool:
    """Return whether the request may see a campaign; the session is read only if it decides."""
    token = bearer(request.headers.get("Authorization", ""))
    given = campaigns.hash_token(token) if token else ""
    seen = may_see(campaign.visibility, campaign.read_token_hash, given, staff=False)
    return seen or is_staff(request)


def wall_token(request: HttpRequest, slug: str) -> str:
    """Return the token of a paired wall, or of one that waits to be; "" where there is none."""
    return request.COOKIES.get(wall_cookie(slug, settings.HTTPS), "")


def is_paired(request: HttpRequest, campaign: Campaign) -> bool:
    """Return whether a wall asks that staff have paired with this campaign."""
    token = wall_token(request, campaign.slug)
    if not token or campaign.visibility == Campaign.STAFF:
        return False
    return screens.admits(token, campaign.pk, request.META.get("REMOTE_ADDR", ""), now_ms())


def campaign_or_404(request: HttpRequest, slug: str, *, walls: bool = False) -> Campaign:
    """Return the campaign; raises `Http404` where it is unknown or not for this caller, alike.

    With `walls` for what a wall reads: a paired one may see that, and nothing else (S13).
    """
    campaign = campaigns.by_slug(slug)
    if campaign is None:
        raise Http404
    if not sees(request, campaign) and not (walls and is_paired(request, campaign)):
        raise Http404
    return campaign


def visible(request: HttpRequest) -> list[Campaign]:
    """Return the campaigns that the request may see, by start."""
    return [campaign for campaign in campaigns.all_campaigns() if sees(request, campaign)]


def keep(response: HttpResponseBase, campaign: Campaign) -> None:
    """Let a second's copy be kept: by anybody of a public campaign, else by the caller alone."""
    if campaign.visibility == Campaign.PUBLIC:
        response["Cache-Control"] = "public, max-age=1"
    else:
        keep_private(response)


def keep_private(response: HttpResponseBase) -> None:
    """Let the caller alone keep a second's copy."""
    response["Cache-Control"] = "private, max-age=1"
    patch_vary_headers(response, ("Authorization", "Cookie"))
