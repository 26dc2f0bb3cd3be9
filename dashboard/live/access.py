"""Which campaign a socket may watch.

Anybody a public one, who brings its read token, or a wall that was paired, a token one, staff all.
Staff are known by their session's cookie, walls by theirs, which a browser sends with any page's
requests: there alone the Origin must be ours (S11). Both are looked up only where they decide, and
afresh each time, so that asking again notices a logout, or a wall revoked (hazard H20, revoke.py).
"""

from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any, NamedTuple

from channels.auth import get_user
from channels.db import database_sync_to_async
from django.conf import settings
from django.http import parse_cookie
from django.http.request import split_domain_port, validate_host

from dashboard.core.access import bearer, may_see, same_origin, wall_cookie
from dashboard.live.scope import Scope, header
from dashboard.live.viewers import Viewer
from dashboard.store import campaigns, screens
from dashboard.store.tables import Campaign
from gmvboard.clock import now_ms

BySlug = Callable[[str], Awaitable[Campaign | None]]


class Guest(NamedTuple):
    """Who may watch, and what."""

    viewer: Viewer
    campaign: Campaign


async def guest(scope: Scope, by_slug: BySlug) -> Guest | None:
    """Return who asks for the path's campaign; None where it is unknown or not for this caller.

    Raises `django.db.DatabaseError`.
    """
    if not host_allowed(scope):
        return None
    campaign = await by_slug(scope["url_route"]["kwargs"]["slug"])
    viewer = await _viewer(scope, campaign) if campaign else None
    return Guest(viewer, campaign) if viewer and campaign else None


async def permitted(scope: Scope, by_slug: BySlug, permission: str) -> Guest | None:
    """Return the member of staff who asks for the path's campaign and has a permission (S12).

    None where it is nobody such, or no campaign. Raises `django.db.DatabaseError`.
    """
    user = await _staff(scope) if host_allowed(scope) else None
    if user is None or not await _has(user, permission):
        return None
    campaign = await by_slug(scope["url_route"]["kwargs"]["slug"])
    address = (scope.get("client") or [""])[0]
    return Guest(Viewer("staff", address, user.pk), campaign) if campaign else None


async def _has(user: Any, permission: str) -> bool:
    return bool(await database_sync_to_async(user.has_perm, thread_sensitive=False)(permission))


async def _viewer(scope: Scope, campaign: Campaign) -> Viewer | None:
    address = (scope.get("client") or [""])[0]
    token = bearer(header(scope, b"authorization"))
    given = campaigns.hash_token(token) if token else ""
    has_token = may_see("token", campaign.read_token_hash, given, staff=False)
    if has_token and campaign.visibility != Campaign.STAFF:
        return Viewer("kiosk", address)
    if await _is_paired(scope, campaign, address):
        return Viewer("kiosk", address)
    if (user := await _staff(scope)) is not None:
        return Viewer("staff", address, user.pk)
    if may_see(campaign.visibility, "", "", staff=False):
        return Viewer("public", address)
    return None


def host_allowed(scope: Scope) -> bool:
    """Return whether the Host header names this board."""
    name, _ = split_domain_port(header(scope, b"host"))
    return bool(name) and validate_host(name, settings.ALLOWED_HOSTS)


async def _is_paired(scope: Scope, campaign: Campaign, address: str) -> bool:
    """Return whether it is a wall that staff have paired with this campaign."""
    token = _cookie(scope, wall_cookie(campaign.slug, settings.HTTPS))
    if not token or campaign.visibility == Campaign.STAFF or not _own_page(scope):
        return False
    admits = database_sync_to_async(screens.admits, thread_sensitive=False)
    return bool(await admits(token, campaign.pk, address, now_ms()))


async def _staff(scope: Scope) -> Any:
    """Return the member of staff whose session it is; None where it is nobody's."""
    key = _cookie(scope, settings.SESSION_COOKIE_NAME)
    if not key or not _own_page(scope):
        return None
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = await get_user({"session": session})
    return user if user.is_active and user.is_staff else None


def _cookie(scope: Scope, name: str) -> str:
    return parse_cookie(header(scope, b"cookie")).get(name, "")


def _own_page(scope: Scope) -> bool:
    scheme = "https" if scope.get("scheme") in {"wss", "https"} else "http"
    return same_origin(
        header(scope, b"origin"), scheme, header(scope, b"host"), settings.CSRF_TRUSTED_ORIGINS
    )
