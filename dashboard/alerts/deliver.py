"""From the outbox to the network: one claim, one attempt, one mark (reliability.md, section 3).

Wherever this dies, the claim is committed and the mark is not: the post is `unknown` when its lease
has run out, and then looked for. Nothing here sends what may be out, but the one attempt that
`core/posting.not_found` allows.
"""

import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import InterfaceError, OperationalError, connections

from dashboard.alerts.attempt import Attempt, Means, message
from dashboard.alerts.guarded import Halted
from dashboard.alerts.service import Service
from dashboard.alerts.web import Later, Refused, Unknown
from dashboard.core import posting
from dashboard.core.posting import Mark
from dashboard.store import claims, looks, marks
from dashboard.store.claims import Claim
from gmvboard import failpoints

log = logging.getLogger(__name__)

# A database that is away: how often a mark is tried again.
_MARK_AGAIN_S = 0.5


class Delivery:
    """One process of the outbox, which its claims know as `sender`; `stopping`: it begins no more.

    Several at once do no harm.
    """

    def __init__(self, sender: str, means: Means, stopping: threading.Event) -> None:
        self._sender, self._means, self._stopping = sender, means, stopping

    def take(self, feed_id: int) -> Callable[[], None] | None:
        """Claim what is next to be done for a feed; None where nothing is.

        What is returned asks the network, for seconds, and marks what came of it. Raises
        `django.db.Error`.
        """
        if looked_for := looks.look(feed_id, self._means.clock()):
            return partial(self._look, looked_for)
        if claimed := claims.claim(feed_id, self._sender, self._means.clock()):
            return partial(self._send, claimed)
        return None

    def _send(self, claim: Claim) -> None:
        failpoints.hit("outbox.after_claim")
        attempt = Attempt(claim, self._means, self._why_not)
        found = self._tried(attempt, claim)
        failpoints.hit("outbox.before_mark")
        self._mark(claim, found, attempt.recorded)

    def _tried(self, attempt: Attempt, claim: Claim) -> Mark:
        """Ask the network; return what follows from how it ended."""
        try:
            sent = attempt.send()
        except Halted as halt:
            return posting.halted(halt.why, claim.attempt, claim.again, self._means.clock())
        except Refused as error:
            return posting.refused(str(error), claim.again)
        except Later as error:
            wait_s, now_ms = error.seconds, self._means.clock()
            return posting.later(str(error), wait_s, claim.attempt, claim.again, now_ms)
        except Unknown as error:
            return posting.unknown(str(error), self._means.clock())
        return posting.sent(sent.remote_id, sent.url, error=sent.lacks or attempt.lacks)

    def _look(self, claim: Claim) -> None:
        """Look for a post that may be out, and do what follows from it."""
        now_ms, service = self._means.clock(), self._means.services.get(claim.service)
        found = None
        if service and service.find and not claim.dry_run:
            try:
                account, web = self._means.account(claim.feed_id), self._means.web(service)
                found = service.find(message(claim, None), account, web)
            except Exception as error:
                reason = f"{type(error).__name__}: {error}"
                return self._mark(claim, posting.not_looked(reason, claim.looks, now_ms))
        if found:
            return self._mark(claim, posting.sent(found.remote_id, found.url, "found"))
        key_left_ms = _key_left_ms(claim, service, now_ms)
        if not posting.not_found(key_left_ms, claim.unknowns, claim.expires_ms <= now_ms):
            return self._mark(claim, posting.left())
        if again := looks.claim_again(claim, self._sender, self._means.clock()):
            self._send(again)
        return None

    def _why_not(self, claim: Claim) -> str:
        """Return what keeps a claimed post from the network; "" where nothing does."""
        if self._stopping.is_set():
            return "process ends"
        if claim.lease_until_ms - self._means.clock() < posting.LEASE_LEFT_MS:
            return "took too long"
        try:
            return claims.may_go(claim) or self._means.doubt(claim)
        except (OperationalError, InterfaceError):
            return "no database"
        except Exception:  # nothing was sent: it is tried again
            log.exception("post=%s could not be checked", claim.post_id)
            return "not checked"

    def _mark(self, claim: Claim, found: Mark, recorded: Any = None) -> None:
        """Mark what was found, however long the database is away; unless the process ends."""
        while True:
            try:
                marked = marks.mark(claim, found, self._means.clock(), recorded)
            except (OperationalError, InterfaceError) as error:
                connections.close_all()
                log.error("post=%s not marked error=%s", claim.post_id, type(error).__name__)
                if self._stopping.wait(_MARK_AGAIN_S):
                    return
            else:
                told = (claim.post_id, claim.feed_id, claim.attempt, found.action, found.state)
                log.info("post=%s feed=%s attempt=%d action=%s state=%s", *told)
                if not marked:
                    log.warning("post=%s was somebody else's meanwhile", claim.post_id)
                return


def _key_left_ms(claim: Claim, service: Service | None, now_ms: int) -> int:
    """Return for how long the same post twice is one: by its key, or as nothing is ever sent."""
    if claim.dry_run:
        return posting.HOUR_MS
    if service is None or not service.idempotent or claim.only_dry:
        return 0
    return claim.tried_ms + service.key_lasts_s * 1000 - now_ms
