"""The minutes API: turnover a minute, whole or by a dimension, as JSON, CSV or Parquet."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice

import redis
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from dashboard.core.clock import MINUTE_MS
from dashboard.core.degrade import EXPORTS
from dashboard.core.events import to_ms
from dashboard.pages import exports
from dashboard.pages.access import campaign_or_404, keep
from dashboard.pages.figures import as_json
from dashboard.pages.minute_query import BadQuery, Query, parse
from dashboard.pages.minute_rows import Reader, Row, columns, looks
from dashboard.pages.problems import allow, overloaded, problem, unavailable
from dashboard.pulse.in_force import in_force
from dashboard.store import history
from dashboard.store.connect import impatient
from dashboard.store.minutes import Minutes, Moved
from dashboard.store.tables import Campaign
from gmvboard.clock import now_ms

PAGE_ROWS = 10_080  # a week of minutes

_REBUILDING = "the figures are being rebuilt"


@allow("GET", "HEAD")
def minutes(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Return the minutes asked for: JSON in pages, CSV and Parquet whole."""
    campaign = campaign_or_404(request, slug)
    try:
        query = parse(request.GET, campaign)
        degrade = in_force.fresh()
        if degrade.level >= EXPORTS and (query.by or query.format != "json"):
            return overloaded(degrade)
        response = _answer(request, slug, query, looks(_reader(campaign), query))
    except (BadQuery, exports.TooLong) as error:
        return problem(400, str(error))
    except Moved:
        return unavailable(_REBUILDING)
    except redis.RedisError:
        return unavailable("the figures cannot be read just now")
    keep(response, campaign)
    return response


def _reader(campaign: Campaign) -> Reader:
    """Return the closed minutes where the campaign is over and nothing is missing there.

    Else the live ones; and where there are none, the closed ones if they hold all there is. Raises
    `Moved` where the figures are being rebuilt, and `redis.RedisError`.
    """
    complete = history.complete(campaign.pk)
    kept = history.ClosedMinutes(campaign.pk)
    if complete and campaign.clock.campaign(now_ms()) >= campaign.end_ms:
        return kept  # no waiting for a Redis that hangs
    try:
        live = Minutes(impatient(), campaign.pk)
        if live.whole():
            return live
    except redis.RedisError:
        if not complete:
            raise
    if not complete:
        raise Moved
    return kept


def _answer(
    request: HttpRequest, slug: str, query: Query, found: Iterator[list[Row]]
) -> HttpResponseBase:
    if query.format == "csv":
        return exports.as_csv(f"{slug}-minutes.csv", columns(query.by), found)
    if query.format == "parquet":
        return exports.as_parquet(f"{slug}-minutes.parquet", columns(query.by), found)
    return _page(request, query, found)


def _page(request: HttpRequest, query: Query, found: Iterator[list[Row]]) -> HttpResponse:
    rows = list(islice(chain.from_iterable(found), PAGE_ROWS + 1))
    names = columns(query.by)
    shown, left = rows[:PAGE_ROWS], rows[PAGE_ROWS:]
    following = f"{request.path}?{_following(query, shown[-1], left[0])}" if left else None
    return as_json(
        {"minutes": [dict(zip(names, row, strict=True)) for row in shown], "next": following}
    )


def _following(query: Query, last: Row, coming: Row) -> str:
    """Return the next page's query: inside the last row's minute, or at the coming one."""
    number = _number(coming)
    inside = bool(query.by) and number == _number(last)
    return query.address(number, str(last[1]) if inside else "")


def _number(row: Row) -> int:
    return to_ms(datetime.fromisoformat(str(row[0]))) // MINUTE_MS
