"""Is it up, can it work, how does it do: for probes and for Prometheus.

`/healthz` says nothing but that the process answers. The other two tell of the inside and answer
only this machine, or who brings the METRICS_TOKEN; to all others there is nothing there (S26).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from hmac import compare_digest
from ipaddress import ip_address
from typing import TypeVar

from channels.db import database_sync_to_async
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST

from dashboard.core.access import bearer
from dashboard.pages.figures import as_json
from dashboard.pages.metrics import exposition
from dashboard.pulse.in_force import in_force
from dashboard.store import alive, checks
from gmvboard.draining import draining

# A probe asks every few seconds; what takes longer than this is not ready.
TIMEOUT_S = 2.0
# A proxy adds these: with one, a loopback address is the proxy's and not the caller's.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")

T = TypeVar("T")
log = logging.getLogger(__name__)


def healthz(request: HttpRequest) -> HttpResponse:
    """Return 200: the process answers."""
    return HttpResponse("ok\n", "text/plain; charset=utf-8")


async def readyz(request: HttpRequest) -> HttpResponse:
    """Return 200 where database and Redis answer in time, else 503; which of them, either way.

    503 too while the process sees its callers off before it ends: send it no new ones.

    `unlike_ledger` names the campaigns whose figures the last check found to differ: work goes on.
    So it does at every degrade level.
    """
    _insiders_only(request)
    database, redis, (_, unlike) = await asyncio.gather(
        _answers(alive.database), _answers(alive.broker), _asked(checks.disagreeing)
    )
    degrade = await asyncio.to_thread(in_force.fresh) if redis else in_force.degrade
    told = {"database": database, "redis": redis, "unlike_ledger": unlike or []}
    response = as_json({**told, "degrade": degrade})
    response.status_code = 200 if database and redis and not draining.is_set() else 503
    response["Cache-Control"] = "no-store"
    return response


def metrics(request: HttpRequest) -> HttpResponse:
    """Return the metrics of this process, and of the board as the stores have it."""
    _insiders_only(request)
    return HttpResponse(exposition(), CONTENT_TYPE_LATEST)


async def _answers(check: Callable[[], None]) -> bool:
    return (await _asked(check))[0]


async def _asked(ask: Callable[[], T]) -> tuple[bool, T | None]:
    """Return whether `ask` answered in time, and what."""
    in_thread: Awaitable[T] = database_sync_to_async(ask, thread_sensitive=False)()
    try:
        return True, await asyncio.wait_for(in_thread, TIMEOUT_S)
    except Exception as error:  # whatever it is, it is not ready
        log.warning("not ready check=%s error=%r", ask.__name__, error)
        return False, None


def _insiders_only(request: HttpRequest) -> None:
    token = bearer(request.headers.get("Authorization", ""))
    expected = settings.METRICS_TOKEN
    if expected and compare_digest(token.encode(), expected.encode()):
        return
    if not _from_this_machine(request):
        raise Http404


def _from_this_machine(request: HttpRequest) -> bool:
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
