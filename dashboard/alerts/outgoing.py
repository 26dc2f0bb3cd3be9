"""The real web: requests by the rules of S25, each bounded in time and in what it reads."""

import logging
import re
import ssl
import time
from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any

import httpcore
import httpx
from django.conf import settings
from django.core.mail import EmailMessage

from dashboard.alerts import addresses, connecting, retrying
from dashboard.alerts.connecting import Deadline, Resolve
from dashboard.alerts.mailing import hand_over
from dashboard.alerts.service import Service
from dashboard.alerts.web import Answer, Ended, Later, Refused, Unknown, already

log = logging.getLogger(__name__)

# Seconds to connect, for one read or write, and for one request in all.
CONNECT_S, READ_S, TOTAL_S = 3, 10, 20
MOST_READ = 64 * 1024
# A compressed answer could be a thousand times as large as what came.
_HEADERS = {"accept-encoding": "identity", "user-agent": "gmvboard", "connection": "close"}
# Of a refusal's text, shown to staff.
_MOST_SAID = 200


class Outgoing:
    """Asks the hosts that are `allowed`.

    Every request has a connection of its own: one that was kept may be dead, and nobody could say
    whether a post went out on it.
    """

    def __init__(
        self,
        allowed: Collection[str],
        *,
        resolve: Resolve = connecting.resolve,
        trust: ssl.SSLContext | None = None,
        diverted: tuple[str, int] | None = None,
        seconds: tuple[float, float, float] = (CONNECT_S, READ_S, TOTAL_S),
    ) -> None:
        self._allowed = frozenset(one.lower() for one in allowed)
        self._resolve, self._diverted = resolve, diverted
        self._trust = trust or _trust()
        self._connect_s, self._read_s, self._total_s = seconds

    @classmethod
    def for_service(cls, service: Service) -> "Outgoing":
        """Return what a service may ask: its own hosts, and FEED_HOSTS."""
        allowed = {*service.hosts, *settings.FEED_HOSTS}
        return cls(allowed, diverted=settings.FEEDS_DIVERTED_TO)

    def prepare(self, method: str, url: str, **request: Any) -> Answer:
        """Ask for what nobody sees: see `Web`."""
        try:
            return self._ask(method, url, request, seen=False)
        except Unknown as error:
            raise Later(str(error)) from error

    def publish(self, method: str, url: str, **request: Any) -> Answer:
        """Ask for the post to be seen: see `Web`."""
        return self._ask(method, url, request, seen=True)

    def mail(self, letter: EmailMessage, ready: Callable[[], None] = already) -> str:
        """Give a letter to the mail server: see `Web`."""
        return hand_over(letter, ready)

    def elsewhere(self, told: Mapping[str, Any], send: Callable[[], Ended]) -> Ended:
        """Have it sent by other means, which no rule here holds: see `Web`."""
        return send()

    def _ask(self, method: str, url: str, request: dict[str, Any], seen: bool) -> Answer:
        asked = self._built(method, url, request)
        addresses.check(asked.url, self._allowed)
        deadline = Deadline(self._total_s)
        try:
            status, headers, body, whole = self._exchange(asked, deadline)
        except httpcore.LocalProtocolError as error:  # whose own words repeat a header's
            raise Refused("account: expected what a header can hold, no end of line") from error
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            reason = f"no answer: {type(error).__name__}"
            log.warning("request failed host=%s reason=%s", asked.url.host, type(error).__name__)
            if deadline.begun:
                raise Unknown(reason) from error
            raise Later(f"no connection: {error}") from error
        answer = Answer(status=status, headers=headers, body=body, seen=seen)
        _judge(asked, answer)
        if not whole:
            raise Unknown(f"the answer is no text of {MOST_READ // 1024} KiB or less")
        return answer

    def _built(self, method: str, url: str, request: dict[str, Any]) -> httpx.Request:
        """Return the request, its times among it. Raises `Refused` for what httpx cannot send."""
        times = httpx.Timeout(self._read_s, connect=self._connect_s)
        headers = {**_HEADERS, **(request.pop("headers", None) or {})}
        try:
            built = httpx.Request(
                method, url, headers=headers, extensions={"timeout": times.as_dict()}, **request
            )
            built.read()
        except httpx.InvalidURL as error:
            raise Refused("address: expected https://host/…") from error
        except UnicodeError as error:
            raise Refused("account: expected ASCII where a header is made of it") from error
        return built

    def _exchange(
        self, asked: httpx.Request, deadline: Deadline
    ) -> tuple[int, dict[str, str], bytes, bool]:
        """Return status, headers, what was read, and whether that is all of it, in plain text."""
        backend = connecting.Checked(deadline, self._resolve, self._diverted)
        at = asked.url
        url = httpcore.URL(scheme=at.raw_scheme, host=at.raw_host, port=at.port, target=at.raw_path)
        with (
            httpcore.ConnectionPool(ssl_context=self._trust, network_backend=backend) as pool,
            pool.stream(
                asked.method,
                url,
                headers=asked.headers.raw,
                content=asked.content,
                extensions=asked.extensions,
            ) as reply,
        ):
            headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in reply.headers}
            body = _capped(reply)
        plain = headers.get("content-encoding", "identity").lower() == "identity"
        return reply.status, headers, body[:MOST_READ], plain and len(body) <= MOST_READ


@cache
def _trust() -> ssl.SSLContext:
    """Return the authorities that are trusted; read once a process."""
    return httpx.create_ssl_context(trust_env=False)


def _capped(reply: httpcore.Response) -> bytes:
    """Return the body as it comes, a little more than `MOST_READ` at most."""
    body = bytearray()
    for part in reply.iter_stream():
        body += part
        if len(body) > MOST_READ:
            break
    return bytes(body)


def _judge(asked: httpx.Request, answer: Answer) -> None:
    """Raise what a status means; nothing where it is 2xx."""
    if 200 <= answer.status < 300:
        return
    said = _said(asked, answer)
    log.warning("request refused host=%s status=%d", asked.url.host, answer.status)
    if answer.status == 429:
        raise Later(said, retrying.seconds(answer.headers, time.time()))
    if 300 <= answer.status < 500:
        raise Refused(said, answer)
    raise Unknown(said)


def _said(asked: httpx.Request, answer: Answer) -> str:
    """Return a status and how the body begins, without what the request kept secret."""
    text = answer.body.decode(errors="replace")
    text = "".join(char if char.isprintable() else " " for char in text)
    for part in _secrets(asked):
        text = text.replace(part, "•••")
    return f"HTTP {answer.status} {text[:_MOST_SAID]}".strip()


def _secrets(asked: httpx.Request) -> list[str]:
    """Return what a refusal may repeat of a request: parts of its address, and who it says we are.

    Telegram, Slack and Discord have their secret in the path, DingTalk and WeCom in the query.
    """
    named = [*re.split(r"[/?&=]", str(asked.url.raw_path, "latin-1"))]
    named += asked.headers.get("authorization", "").split()
    return sorted({one for one in named if len(one) > 12}, key=len, reverse=True)
