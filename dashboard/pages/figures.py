"""The figures as JSON: campaigns, snapshot, milestones."""

from typing import Any

import msgspec
import redis
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from dashboard.core.events import rfc3339
from dashboard.core.frame import Milestones
from dashboard.core.health import Status, status
from dashboard.core.milestones import Threshold
from dashboard.pages.access import campaign_or_404, keep, keep_private, visible
from dashboard.pages.problems import allow, unavailable
from dashboard.pulse import publish
from dashboard.store import milestones as fallen
from dashboard.store import references
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


class Crossing(msgspec.Struct):
    """A milestone; times are null until it is reached, `eta` is null unless it is the next one."""

    key: str
    kind: str
    amount: int
    label: str
    label_zh: str
    crossed_at: str | None
    announced_at: str | None
    confirmed: bool
    eta: str | None


class _Stamp(msgspec.Struct):
    epoch: int
    seq: int


class _Frame(msgspec.Struct):
    milestones: Milestones


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


@allow("GET", "HEAD")
def milestones(request: HttpRequest, slug: str) -> HttpResponse:
    """List the milestones, lowest first."""
    campaign = campaign_or_404(request, slug)
    last_year = references.primary(campaign.pk)
    thresholds = fallen.listed(campaign.pk, last_year.total if last_year else None)
    etas = _etas(campaign)
    response = as_json([_crossing(one, etas.get(one.key)) for one in thresholds])
    keep(response, campaign)
    return response


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


def _etas(campaign: Campaign) -> dict[str, str | None]:
    """Return the newest frame's estimate for the next milestone, by its key."""
    try:
        frame = publish.newest_frame(impatient(), campaign.pk)
    except redis.RedisError:
        return {}
    coming = msgspec.json.decode(frame, type=_Frame).milestones.next if frame else None
    return {coming.key: coming.eta} if coming else {}


def _crossing(threshold: Threshold, eta: str | None) -> Crossing:
    crossed, announced = threshold.crossed_ms, threshold.announced_ms
    return Crossing(
        key=threshold.key,
        kind=threshold.kind,
        amount=threshold.amount,
        label=threshold.label,
        label_zh=threshold.label_zh,
        crossed_at=None if crossed is None else rfc3339(crossed),
        announced_at=None if announced is None else rfc3339(announced),
        confirmed=threshold.confirmed,
        eta=None if crossed is not None else eta,
    )
