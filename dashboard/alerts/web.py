"""Outgoing requests: what a service may ask of the web, and how each may end.

`prepare` is for what nobody sees (a login, an upload): whatever fails, the post is not out, so it
may be tried again. `publish` is the one request that makes a post seen: where its outcome is not
known, it is never simply sent again.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

import msgspec
from django.core.mail import EmailMessage

Ended = TypeVar("Ended")
# A service that wants to be left alone for longer means a person.
_LONGEST_WAIT_S = 86_400


class Refused(Exception):
    """The service said no, or the request is forbidden: final, for a person to mend.

    `answer` is the service's, where it gave one.
    """

    def __init__(self, reason: str, answer: "Answer | None" = None) -> None:
        super().__init__(reason)
        self.answer = answer


class Later(Exception):
    """Not now, and surely not posted: try again after `seconds`; 0 where the service said none.

    `seconds` is as the service said it: what is no number of them, or of over a day, is no word.
    """

    def __init__(self, reason: str, seconds: Any = 0) -> None:
        super().__init__(reason)
        said = isinstance(seconds, int) and 0 <= seconds <= _LONGEST_WAIT_S
        self.seconds: int = seconds if said else 0


class Unknown(Exception):
    """Nobody can say whether it is posted: a time-out, a reset, a 5xx, rubbish for an answer."""


class Answer(msgspec.Struct, frozen=True):
    """What came back; header names in lower case. `seen`: it answers a `publish`."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seen: bool = True

    def json(self) -> Any:
        """Return the body decoded. Raises as `at` where it is no JSON."""
        try:
            return msgspec.json.decode(self.body)
        except (msgspec.DecodeError, UnicodeError) as error:
            raise self._rubbish("the answer is no JSON") from error

    def at(self, *names: str | int) -> Any:
        """Return what stands in the body under one name after the other.

        Raises `Unknown` where it is not there, or `Later` where nobody could see anything yet.
        """
        found = self.json()
        try:
            for name in names:
                found = found[name]
        except (LookupError, TypeError) as error:
            raise self._rubbish(f"the answer has no {'.'.join(map(str, names))}") from error
        return found

    def _rubbish(self, reason: str) -> Exception:
        return Unknown(reason) if self.seen else Later(reason)


def already() -> None:
    """Ask nothing: whoever sends is ready."""


class Web(Protocol):
    """Requests go out by the rules of S25; `request` holds the arguments of `httpx.Request`.

    Both return a 2xx alone. 429 raises `Later` (Retry-After, at least a second), any other 4xx and
    a redirect `Refused`; a forbidden address `Refused`. No connection: `Later`. 5xx, a time-out, a
    reset, more than 64 KiB: `Later` from `prepare`, `Unknown` from `publish`.
    """

    def prepare(self, method: str, url: str, **request: Any) -> Answer:
        """Ask for what nobody sees."""
        ...

    def publish(self, method: str, url: str, **request: Any) -> Answer:
        """Ask for the post to be seen."""
        ...

    def mail(self, letter: EmailMessage, ready: Callable[[], None] = already) -> str:
        """Give a letter to the mail server of the settings; raises as `publish` does.

        `ready` is asked just before, and may raise; returned is who alone was refused it.
        """
        ...

    def elsewhere(self, told: Mapping[str, Any], send: Callable[[], Ended]) -> Ended:
        """Have `send` make the post seen by means of its own; raises as `publish` does.

        A dry run records `told` in its place.
        """
        ...
