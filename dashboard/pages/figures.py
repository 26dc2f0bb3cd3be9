"""The figures as JSON: campaigns, and the snapshot."""

from typing import Any

import msgspec
import redis
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from dashboard.core.events import rfc3339
from dashboard.core.health import Status, status
from dashboard.pages.access import campaign_or_404, keep, keep_private, visible
from dashboard.pages.problems import allow, unavailable
from dashboard.pulse import publish
from dashboard.store.connect import impatient
from dashboard.store.tables import Campaign
from gmvboard.clock import now_ms


class Listed(msgspec.Struct):
    """A campaign in the list; `status` by its own clock."""

    slug: str
    name: str
    status: Status
    start: str
    end: str
    currency: str


class _Stamp(msgspec.Struct):
    epoch: int
    seq: int


@allow("GET", "HEAD")
def campaigns(request: HttpRequest) -> HttpResponse:
    """List the campaigns that the caller may see."""
    now = now_ms()
    response = as_json([_listed(campaign, now) for campaign in visible(request)])
    keep_private(response)
    return response


@allow("GET", "HEAD")
def snapshot(request: HttpRequest, slug: str) -> HttpResponse:
    """Return what a socket gets first, as of the newest frame; 304 where the caller has it."""
    campaign = campaign_or_404(request, slug, walls=True)
    try:
        body = publish.newest_snapshot(impatient(), campaign.pk)
    except (redis.RedisError, DatabaseError):
        return unavailable("the figures cannot be read just now")
    if body is None:
        return unavailable("no figures yet: the pulse has not begun with this campaign")
    stamp = msgspec.json.decode(body, type=_Stamp)
    etag = f'"{stamp.epoch}-{stamp.seq}"'
    # The server adds no Date: by it a page tells how old a stored snapshot is.
    sent = {"ETag": etag, "Date": http_date()}
    response = HttpResponse(body, "application/json", headers=sent)
    keep(response, campaign)
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer or response


def as_json(content: Any) -> HttpResponse:
    """Return an answer of JSON."""
    return HttpResponse(msgspec.json.encode(content), "application/json")


def _listed(campaign: Campaign, now_ms: int) -> Listed:
    start_ms, end_ms = campaign.start_ms, campaign.end_ms
    return Listed(
        slug=campaign.slug,
        name=campaign.name,
        status=status(campaign.clock.campaign(now_ms), start_ms, end_ms),
        start=rfc3339(start_ms),
        end=rfc3339(end_ms),
        currency=campaign.currency,
    )
