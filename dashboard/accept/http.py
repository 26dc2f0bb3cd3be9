"""The door for events: a small ASGI application in front of Django's.

A Django view costs 1.2 ms of CPU a request, and events need none of its middleware. Secrets and
bodies are never logged here.
"""

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from dashboard.accept import body, credentials, headers, reply
from dashboard.accept.admission import Admitted, admit, admit_faultless
from dashboard.accept.bell import Bell
from dashboard.accept.body import ClientGone, Receive
from dashboard.accept.clocks import Clocks
from dashboard.accept.counters import IN_FLIGHT, IN_FLIGHT_BYTES, REFUSED
from dashboard.accept.gate import Gate
from dashboard.accept.group_commit import Full, GroupCommit, NotCommitted
from dashboard.accept.headers import Headers
from dashboard.accept.keyring import FreshKeyring
from dashboard.accept.landing import Landing
from dashboard.accept.limits import Room
from dashboard.accept.problems import Answer, Problem, later
from dashboard.accept.reply import Send
from dashboard.core.buckets import Buckets
from dashboard.store.keys import Grant
from gmvboard import failpoints

log = logging.getLogger(__name__)

Scope = dict[str, Any]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

PATH = re.compile(r"/api/v1/campaigns/([^/]+)/events")
# Faultless bodies up to here, 2,000 events, are read in place: it takes 4 ms, and the interpreter
# would leave the event loop waiting as long for a thread. What is larger, compressed or in any way
# unusual is read in the thread.
_INLINE = 512 * 1024
# What the requests inside may hold together: 8 full batches.
_ROOM = 32 * 1024 * 1024
# Wrong signatures from one address to one campaign; beyond, only bodies up to `_CHEAP` are hashed
# for it: these cost 50 microseconds a secret, 4 MiB cost 2.5 ms.
_FORGED_PER_S, _FORGED_AT_ONCE, _CHEAP = 20.0, 200.0, 64 * 1024
# Who waits longer for a commit is better told to come again (R6; F18 would allow 10 s).
_COMMIT_S = 1.8


class Door:
    """Answers `POST /api/v1/campaigns/{slug}/events`; everything else is `inner`'s.

    The other arguments are for tests: what a door has when none is given is the real thing.
    """

    def __init__(
        self,
        inner: Application,
        *,
        keyring: FreshKeyring | None = None,
        commits: GroupCommit | None = None,
        strangers: Buckets | None = None,
        forgers: Buckets | None = None,
        gate: Gate | None = None,
        room: Room | None = None,
        allowed_hosts: Sequence[str] | None = None,
        now_s: Callable[[], float] = time.time,
    ) -> None:
        self._inner = inner
        self._keyring = keyring or FreshKeyring()
        self._commits = commits or GroupCommit(committed=Bell().ask)
        self._strangers = strangers or Buckets()
        self._forgers = forgers or Buckets(_FORGED_PER_S, _FORGED_AT_ONCE)
        self._gate = gate or Gate(self._commits.under_way_s)
        self._clocks = Clocks()
        self._room = room or Room(_ROOM)
        IN_FLIGHT.set_function(lambda: self._room.requests)
        IN_FLIGHT_BYTES.set_function(lambda: self._room.most_bytes - self._room.left_bytes)
        self._allowed_hosts = allowed_hosts or settings.ALLOWED_HOSTS
        self._now_s = now_s
        self._landing = Landing(_COMMIT_S)
        # One: reading holds the interpreter's lock, and two threads would only fight for it.
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="accept")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection, as ASGI asks."""
        place = PATH.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if place is None:
            await self._inner(scope, receive, send)
            return
        try:
            answer = await self._answer(scope, receive, place[1])
        except ClientGone:
            return
        await reply.send(answer, send)

    async def _answer(self, scope: Scope, receive: Receive, slug: str) -> Answer:
        try:
            return await self._post(scope, receive, slug)
        except Problem as problem:
            REFUSED.labels(problem.reason).inc()
            return problem.answer()
        except ClientGone:
            raise
        except Exception:
            REFUSED.labels("500").inc()
            log.exception("accept failed")
            return Problem(500, "server: unexpected error").answer()

    async def _post(self, scope: Scope, receive: Receive, slug: str) -> Answer:
        given = Headers(scope["headers"])
        headers.check_host(given, self._allowed_hosts)
        if scope["method"] != "POST":
            raise Problem(405, "method: expected POST", {"allow": "POST"})
        ring = await self._keyring.get()
        now_s = self._now_s()
        with self._room.hold() as place:
            with self._counting_strangers(scope, given, slug):
                proof = credentials.check(ring, slug, given, now_s, self._clocks)
                kind = headers.content_type(given)
                encoding = headers.content_encoding(given)
                headers.check_length(given)
                raw = await body.read(receive, place)
                failpoints.hit("accept.before_verify")
                grant = proof(raw)
            self._gate.check(grant, body.is_batch(raw, kind, encoding))
            admitted = await self._admit(grant, raw, kind, encoding, int(now_s * 1000))
            del raw  # while it waits for the commit, the entries are enough
            number = await self._commit(admitted)
        self._gate.spend(grant, admitted.accepted)
        return reply.told(grant.campaign.slug, number, admitted)

    @contextmanager
    def _counting_strangers(self, scope: Scope, given: Headers, slug: str) -> Iterator[None]:
        """Turn the 401s of an address that knocks too often into 429s.

        Who sends from the same address with a valid key or signature is none the worse for it.
        Only where wrong signatures come from there are large bodies, dear to check, refused unread.
        """
        address = (scope.get("client") or [""])[0]
        signed = headers.is_signed(given)
        buckets, door = (self._forgers, slug) if signed else (self._strangers, "")
        if signed and not headers.is_declared_within(given, _CHEAP):
            _turn_away(buckets.wait(address, time.monotonic(), door))
        try:
            yield
        except Problem as problem:
            if problem.status == 401:
                _turn_away(buckets.take(address, time.monotonic(), door))
            raise

    async def _admit(
        self, grant: Grant, raw: bytes, kind: str, encoding: str, now_ms: int
    ) -> Admitted:
        """Inflate, decode and judge; away from the event loop where that takes long."""
        facts, source_id = grant.campaign, grant.source_id
        if encoding == "identity" and len(raw) <= _INLINE:
            admitted = admit_faultless(facts, source_id, raw, kind, now_ms)
            if admitted is not None:
                return admitted

        def work() -> Admitted:
            return admit(facts, source_id, body.inflate(raw, encoding), kind, now_ms)

        return await asyncio.get_running_loop().run_in_executor(self._reader, work)

    async def _commit(self, admitted: Admitted) -> int:
        """Return the batch number once everything is durable; raises a 503 where it is not."""
        try:
            return await self._landing.of(self._commits.submit(admitted.incoming))
        except (Full, NotCommitted, TimeoutError) as error:
            detail = "server: not stored, send it again later"
            raise later(503, detail, reason="commit") from error


def _turn_away(wait_s: float) -> None:
    if wait_s:
        detail = "authorization: too many attempts without a valid key"
        raise later(429, detail, wait_s, reason="stranger")
