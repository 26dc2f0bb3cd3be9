"""Outgoing requests: what a service may ask of the web, and how each may end.

`prepare` is for what nobody sees (a login, an upload): whatever fails, the post is not out, so it
may be tried again. `publish` is the one request that makes a post seen: where its outcome is not
known, it is never simply sent again.
"""

from collections.abc import Mapping
from typing import Any, Protocol

import msgspec


class Refused(Exception):
    """The service said no, or the request is forbidden: final, for a person to mend."""


class Later(Exception):
    """Not now, and surely not posted: try again after `seconds`."""

    def __init__(self, reason: str, seconds: int = 0) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Unknown(Exception):
    """Nobody can say whether it is posted: a time-out, a reset, a 5xx, rubbish for an answer."""


class Answer(msgspec.Struct, frozen=True):
    """What came back with a 2xx; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body decoded. Raises `Unknown` where it is no JSON."""
        try:
            return msgspec.json.decode(self.body)
        except msgspec.DecodeError as error:
            raise Unknown("the answer is no JSON") from error


class Web(Protocol):
    """Requests go out by the rules of S25; `request` holds httpx's own arguments.

    Both return a 2xx alone. 429 raises `Later` (Retry-After, at least a second), any other 4xx and
    a redirect `Refused`; a forbidden address `Refused`. No connection: `Later`. 5xx, a time-out, a
    reset: `Later` from `prepare`, `Unknown` from `publish`.
    """

    def prepare(self, method: str, url: str, **request: Any) -> Answer:
        """Ask for what nobody sees."""
        ...

    def publish(self, method: str, url: str, **request: Any) -> Answer:
        """Ask for the post to be seen."""
        ...
