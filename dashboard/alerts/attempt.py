"""One attempt at a post: its account opened, its poster drawn, its service asked."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from dashboard.alerts.dry_run import DryRun
from dashboard.alerts.guarded import Guarded
from dashboard.alerts.sending import send
from dashboard.alerts.service import Account, Message, Sent, Service
from dashboard.alerts.web import Later, Refused, Web
from dashboard.store.claims import Claim
from dashboard.store.feeds import KeyChanged
from gmvboard import failpoints

log = logging.getLogger(__name__)


class Means(msgspec.Struct, frozen=True, kw_only=True):
    """What delivering needs of the rest.

    `account` opens that of a feed, `picture` draws a claim's poster (None: it has none), and
    `doubt` tells what is wrong with what a claim's post says, by the record of now; "" where it is
    true.
    """

    services: Mapping[str, Service]
    account: Callable[[int], Account]
    web: Callable[[Service], Web]
    picture: Callable[[Claim], bytes | None]
    doubt: Callable[[Claim], str]
    clock: Callable[[], int]


class Attempt:
    """Sends what was claimed, unless `why_not` says why not, just before the post would be seen.

    Of a dry run, `recorded` are the requests that were not sent; `lacks` says what was left out.
    """

    def __init__(self, claim: Claim, means: Means, why_not: Callable[[Claim], str]) -> None:
        self._claim, self._means, self._why_not = claim, means, why_not
        self.recorded: Any = None
        self.lacks = ""

    def send(self) -> Sent:
        """Return the service's word. Raises `Refused`, `Later` (`Halted`) or `Unknown`."""
        service = self._means.services.get(self._claim.service)
        if service is None:
            raise Refused(f"service: expected one that is there, got {self._claim.service!r}")
        account = self._account()
        sent_as = message(self._claim, self._picture(service))
        dry = DryRun(service, account) if self._claim.dry_run else None
        web = Guarded(dry or self._means.web(service), lambda: self._why_not(self._claim))
        failpoints.hit("outbox.before_send")
        web.check()
        try:
            return send(service, sent_as, account, web)
        finally:
            self.recorded = dry and dry.requests
            failpoints.hit("outbox.after_send")

    def _account(self) -> Account:
        try:
            return self._means.account(self._claim.feed_id)
        except KeyChanged as error:
            raise Refused(str(error)) from error
        except Exception as error:  # a database that is away, above all: nothing was sent
            log.warning("post=%s has no account yet: %s", self._claim.post_id, error)
            raise Later(f"account not read: {type(error).__name__}") from error

    def _picture(self, service: Service) -> bytes | None:
        """Return the poster; where it cannot be drawn the news goes out without it."""
        if not self._claim.poster or not service.pictures:
            return None
        try:
            return self._means.picture(self._claim)
        except Exception as error:
            log.exception("post=%s has no picture", self._claim.post_id)
            self.lacks = f"sent without its picture: {type(error).__name__}"
            return None


def message(claim: Claim, picture: bytes | None) -> Message:
    """Return what a service is given: what was frozen at the claim."""
    return Message(
        text=claim.text,
        lang=claim.lang,
        key=claim.key,
        link=claim.link,
        picture=picture,
        alt=claim.alt if picture else "",
        tried_ms=claim.tried_ms,
    )
