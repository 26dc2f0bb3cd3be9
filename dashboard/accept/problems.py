"""Answers of the door, and the problems that end a request early (RFC 9457)."""

import random
from collections.abc import Mapping
from http import HTTPStatus

import msgspec


class Answer(msgspec.Struct, frozen=True):
    """One HTTP answer, whole."""

    status: int
    content_type: str
    body: bytes
    headers: Mapping[str, str] = {}


class Problem(Exception):
    """Ends a request with a status; `detail` begins with the field or header that is wrong.

    Where it is wiser to send again later (429, 503) `headers` has Retry-After. `reason` is what
    refusals are counted by.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        headers: Mapping[str, str] | None = None,
        reason: str = "",
    ) -> None:
        super().__init__(detail)
        self.reason = reason or str(status)
        self.status = status
        self.detail = detail
        self.headers = headers or {}

    def answer(self) -> Answer:
        """Return the problem as `application/problem+json`."""
        told = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        body = msgspec.json.encode(told)
        return Answer(self.status, "application/problem+json", body, self.headers)


def later(status: int, detail: str, least_s: float = 0, *, reason: str = "") -> Problem:
    """Return a 429 or 503 with Retry-After: to send again is of no use before `least_s` seconds.

    1 to 5 s at random, so that callers do not all return at once.
    """
    wait_s = max(random.randint(1, 5), int(least_s) + 1)
    return Problem(status, detail, {"retry-after": str(wait_s)}, reason)


def unauthorised() -> Problem:
    """Return the one 401: the same for every reason, so that it tells a stranger nothing."""
    return Problem(
        401, "authorization: expected a valid key or signature", {"www-authenticate": "Bearer"}
    )
