"""Which campaign a socket may watch.

Anybody a public one, who brings its read token a token one, staff all. Staff are known by their
session's cookie, which a browser sends with any page's requests: there alone the Origin must be
ours (S11). The session is looked up only where it decides, and afresh each time, so that asking
again later notices a logout (hazard H20).
"""

from importlib import import_module

from channels.auth import get_user
from channels.db import database_sync_to_async
from django.conf import settings
from django.http import parse_cookie
from django.http.request import split_domain_port, validate_host

from dashboard.core.access import bearer, may_see, same_origin
from dashboard.live.scope import Scope, header
from dashboard.store import campaigns
from dashboard.store.tables import Campaign


async def campaign_for(scope: Scope) -> Campaign | None:
    """Return the campaign of the socket's path; None where it is unknown or not for this caller.

    Raises `django.db.DatabaseError`.
    """
    if not _host_allowed(scope):
        return None
    slug = scope["url_route"]["kwargs"]["slug"]
    by_slug = database_sync_to_async(campaigns.by_slug, thread_sensitive=False)
    campaign: Campaign | None = await by_slug(slug)
    if campaign is None:
        return None
    token = bearer(header(scope, b"authorization"))
    given = campaigns.hash_token(token) if token else ""
    if may_see(campaign.visibility, campaign.read_token_hash, given, staff=False):
        return campaign
    return campaign if await _staff(scope) else None


def _host_allowed(scope: Scope) -> bool:
    name, _ = split_domain_port(header(scope, b"host"))
    return bool(name) and validate_host(name, settings.ALLOWED_HOSTS)


async def _staff(scope: Scope) -> bool:
    key = parse_cookie(header(scope, b"cookie")).get(settings.SESSION_COOKIE_NAME)
    if not key or not _own_page(scope):
        return False
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = await get_user({"session": session})
    return bool(user.is_active and user.is_staff)


def _own_page(scope: Scope) -> bool:
    scheme = "https" if scope.get("scheme") in {"wss", "https"} else "http"
    return same_origin(
        header(scope, b"origin"), scheme, header(scope, b"host"), settings.CSRF_TRUSTED_ORIGINS
    )
