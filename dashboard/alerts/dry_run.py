"""A web that sends nothing: it records the requests that would have been sent."""

from collections.abc import Callable, Mapping
from typing import Any

import httpx
from django.core.mail import EmailMessage

from dashboard.alerts.service import Account, Service
from dashboard.alerts.web import Answer, Ended, already

MASK = "•••"
# Of a text; what is longer is a picture in other clothes.
_MOST_TEXT = 4_000
# Headers that say who we are.
_CREDENTIALS = {"authorization", "cookie"}


class Recorded(Exception):
    """How a dry run ends, where the post would have been seen: nothing was sent."""


class DryRun:
    """Records in `requests`, as JSON, what would have been sent; secrets of the account masked.

    What comes before (logins, uploads) is answered as if it had gone well. What would make the post
    seen is recorded and raises `Recorded`, which `sending.send` takes for the end.
    """

    def __init__(self, service: Service, account: Account) -> None:
        self.requests: list[dict[str, Any]] = []
        hidden = {account.get(field.name, "") for field in service.fields if field.secret}
        self._hidden = sorted(hidden - {""}, key=len, reverse=True)

    def prepare(self, method: str, url: str, **request: Any) -> Answer:
        """Record it, and answer with whatever is looked for."""
        self._record(method, url, request)
        return _AsIf(status=200, headers={}, body=b"{}", seen=False)

    def publish(self, method: str, url: str, **request: Any) -> Answer:
        """Record it. Raises `Recorded`, always."""
        self._record(method, url, request)
        raise Recorded

    def mail(self, letter: EmailMessage, ready: Callable[[], None] = already) -> str:
        """Record it. Raises `Recorded`, always."""
        parts = {"to": letter.to, "subject": letter.subject, "body": letter.body}
        self._record("MAIL", "mailto:", {"data": {**parts, "attached": len(letter.attachments)}})
        raise Recorded

    def elsewhere(self, told: Mapping[str, Any], send: Callable[[], Ended]) -> Ended:
        """Record what is told of it. Raises `Recorded`, always."""
        self.requests.append(self._shown(told))
        raise Recorded

    def _record(self, method: str, url: str, request: dict[str, Any]) -> None:
        whole = str(httpx.URL(url, params=request.pop("params", None)))
        headers = {
            name: MASK if name.lower() in _CREDENTIALS else self._shown(value)
            for name, value in (request.pop("headers", None) or {}).items()
        }
        shown = {name: self._shown(value) for name, value in request.items()}
        self.requests.append(
            {"method": method, "url": self._shown(whole), "headers": headers, **shown}
        )

    def _shown(self, value: Any) -> Any:
        """Return a part of a request as JSON, without its secrets, and pictures by their size."""
        if isinstance(value, Mapping):
            return {str(name): self._shown(one) for name, one in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._shown(one) for one in value]
        if isinstance(value, bytes):
            text = value.decode(errors="replace")
            return f"{len(value)} bytes" if "\ufffd" in text else self._shown(text)
        return self._masked(value) if isinstance(value, str) else value

    def _masked(self, text: str) -> str:
        for secret in self._hidden:
            for shape in (secret, str(httpx.QueryParams({"": secret}))[1:]):
                text = text.replace(shape, MASK)
        return text if len(text) <= _MOST_TEXT else f"{len(text)} characters"


class _AsIf(Answer, frozen=True):
    """An answer in which everything that is looked for is there."""

    def json(self) -> Any:
        """Return what has every part."""
        return AsIf("dry-run")

    def at(self, *names: str | int) -> Any:
        """Return what has every part."""
        return AsIf("dry-run")


class AsIf(str):
    """A value of an answer that never came: it has every part, and equals what is expected of it.

    A part that is named after an error is false.
    """

    __slots__ = ()
    __hash__ = str.__hash__

    def __getitem__(self, name: object) -> "AsIf":
        return AsIf("" if "err" in str(name) else "dry-run")

    def get(self, name: str, _default: object = None) -> "AsIf":
        """Return a part, as a dict does."""
        return self[name]

    def __eq__(self, _expected: object) -> bool:
        return True

    def __ne__(self, _expected: object) -> bool:
        return False

    def __int__(self) -> int:
        return 0
