"""A feed in memory: what it was made to post, and how each request to it ends."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, get_args

from django.core.mail import EmailMessage

from dashboard.alerts.service import Account, Message, Sent, Service
from dashboard.alerts.web import Answer, Ended, Later, Refused, Unknown, Web, already
from dashboard.core.lengths import Limit


class Crash(BaseException):
    """The process dies here: nothing catches it."""


# How a request ends; "after": it had its effect by then.
Ending = Literal[
    "success",
    "time-out before",
    "time-out after",
    "5xx before",
    "5xx after",
    "rubbish",
    "429",
    "no connection",
    "refusal",
    "error in the body",
    "redirect",
    "crash before",
    "crash after",
]
ENDINGS: Sequence[Ending] = get_args(Ending)
_AFTER = {"success", "time-out after", "5xx after", "rubbish", "crash after"}


class FakeFeed:
    """A timeline. With `keys` it promises that the same key twice is one post.

    It forgets a key after `lasts_ms`; its service says ten minutes less, as is wise.
    It keeps a key `late_ms` after the post is made, and shows a post at its timeline as late.
    `endings` are taken one a request; then all succeed. `looks_fail`: its timeline does not answer.
    """

    def __init__(
        self,
        clock: Callable[[], int],
        *,
        keys: bool = False,
        late_ms: int = 0,
        lasts_ms: int = 86_400_000,
    ) -> None:
        self.posts: list[tuple[int, str, str]] = []
        self.endings: list[Ending] = []
        self.looks_fail = False
        self.asked = self.looked = 0
        self._clock, self._keys, self._late_ms, self._lasts_ms = clock, keys, late_ms, lasts_ms

    def service(self, find: bool = True) -> Service:
        """Return the service that posts here."""
        return Service(
            name="fake",
            title="Fake",
            fields=(),
            limit=Limit(500),
            post=_post,
            idempotent=self._keys,
            key_lasts_s=self._lasts_ms // 1000 - 600,
            find=self._find if find else None,
        )

    def prepare(self, method: str, url: str, **request: Any) -> Answer:
        """Answer with nothing."""
        return Answer(status=200, headers={}, body=b"{}", seen=False)

    def mail(self, letter: EmailMessage, ready: Callable[[], None] = already) -> str:
        """Take no letters."""
        raise AssertionError("expected a request, got a letter")

    def elsewhere(self, told: Mapping[str, Any], send: Callable[[], Ended]) -> Ended:
        """Have nothing sent by other means."""
        raise AssertionError("expected a request, got other means")

    def publish(self, method: str, url: str, **request: Any) -> Answer:
        """End as the next of `endings` says."""
        self.asked += 1
        ending = self.endings.pop(0) if self.endings else "success"
        if ending in _AFTER:
            self._add(request["json"]["key"], request["json"]["text"])
        return _end(ending)

    def _add(self, key: str, text: str) -> None:
        if not (self._keys and self._known(key, self._lasts_ms)):
            self.posts.append((self._clock(), key, text))

    def _known(self, key: str, lasts_ms: int = 10**15) -> bool:
        ages_ms = [self._clock() - at for at, one, _ in self.posts if one == key]
        return any(self._late_ms <= age_ms <= lasts_ms for age_ms in ages_ms)

    def _find(self, sought: Message, _account: Account, _web: Web) -> Sent | None:
        self.looked += 1
        if self.looks_fail:
            raise Later("timeline: HTTP 503")
        return Sent("found", "https://feed.test/found") if self._known(sought.key) else None


def _post(sent: Message, _account: Account, web: Web) -> Sent:
    body = {"key": sent.key, "text": sent.text}
    answer = web.publish("POST", "https://feed.test/posts", json=body)
    if answer.json() == {"errcode": 45009}:
        raise Refused("45009: over its limit")
    return Sent(str(answer.at("id")), "https://feed.test/7")


def _end(ending: Ending) -> Answer:
    match ending:
        case "success":
            return Answer(status=200, headers={}, body=b'{"id": 7}')
        case "rubbish":
            return Answer(status=200, headers={}, body=b"<html>")
        case "error in the body":
            return Answer(status=200, headers={}, body=b'{"errcode": 45009}')
        case "429":
            raise Later("HTTP 429", 30)
        case "no connection":
            raise Later("no connection")
        case "refusal" | "redirect":
            raise Refused("HTTP 401" if ending == "refusal" else "HTTP 302")
        case "crash before" | "crash after":
            raise Crash(ending)
        case _:
            raise Unknown(ending)
