"""The snapshot for pages without a socket: a small ASGI application in front of Django's.

A view costs 13 ms of CPU a request, most of it to put the snapshot together. Who polls a public
campaign gets the copy that sockets are given, at most a second old, packed once for all: thousands
of pages that found no socket (4429) cost a fraction of a core. All else is Django's to answer.
"""

import gzip
import re
from collections.abc import Awaitable, Callable
from typing import Any

from django.db import DatabaseError
from django.utils.http import http_date

from dashboard.live.access import host_allowed
from dashboard.live.running import live
from dashboard.live.scope import Scope, header
from dashboard.live.stamped import Stamp, Stamped
from dashboard.store.tables import Campaign

PATH = re.compile(r"/api/v1/campaigns/([-\w]+)/snapshot", re.ASCII)
Send = Callable[[dict[str, Any]], Awaitable[None]]
Headers = dict[str, str]


class Polled:
    """Answers for the snapshot of public campaigns; everything else is `inner`'s."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self._packed: dict[str, tuple[Stamp, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Any, send: Send) -> None:
        """Serve one connection, as ASGI asks."""
        snapshot = await self._snapshot(scope)
        if snapshot is None:
            await self._inner(scope, receive, send)
            return
        status, headers, body = self._answer(scope, snapshot)
        pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": pairs})
        await send({"type": "http.response.body", "body": body})

    async def _snapshot(self, scope: Scope) -> Stamped | None:
        """Return the copy; None where it is not for everybody, or there is none."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            return None
        place = PATH.fullmatch(scope["path"])
        if place is None or not host_allowed(scope):
            return None
        try:
            campaign = await live().campaigns.get(place[1])
        except DatabaseError:
            return None
        if campaign is None or campaign.visibility != Campaign.PUBLIC:
            return None
        return await live().snapshots.newest(campaign.pk)

    def _answer(self, scope: Scope, snapshot: Stamped) -> tuple[int, Headers, bytes]:
        tag = f'"{snapshot.stamp.epoch}-{snapshot.stamp.seq}"'
        headers = {
            "etag": f"W/{tag}",  # of the same figures, packed or not
            "date": http_date(),  # by it a page tells how old a stored snapshot is
            "cache-control": "public, max-age=1",
            "vary": "Accept-Encoding",
            "x-content-type-options": "nosniff",
        }
        if tag in header(scope, b"if-none-match"):
            return 304, headers, b""
        body = snapshot.text.encode()
        if "gzip" in header(scope, b"accept-encoding"):
            body = self._pack(snapshot, body)
            headers["content-encoding"] = "gzip"
        headers |= {"content-type": "application/json", "content-length": str(len(body))}
        return 200, headers, body if scope["method"] == "GET" else b""

    def _pack(self, snapshot: Stamped, body: bytes) -> bytes:
        stamp, packed = self._packed.get(snapshot.campaign, (None, b""))
        if stamp != snapshot.stamp:
            packed = gzip.compress(body, compresslevel=1)
            self._packed[snapshot.campaign] = (snapshot.stamp, packed)
        return packed
