"""The web as the outbox lends it to a service: at the last moment it is asked whether to go on."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.core.mail import EmailMessage

from dashboard.alerts.web import Answer, Later, Refused, Unknown, Web, already

Answered = TypeVar("Answered")


class Halted(Later):
    """Nothing was posted: `why` names what was met just before the network."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Guarded:
    """Asks `web`; before the first request that makes a post seen, asks `halt` why not: "" is go.

    Once such a request may have had its effect, a later one that ends in a no leaves part of the
    post out there: nobody can say.
    """

    def __init__(self, web: Web, halt: Callable[[], str]) -> None:
        self._web, self._halt = web, halt
        self._seen = False

    def check(self) -> None:
        """Raise `Halted` where the post is not to go out."""
        if why := self._halt():
            raise Halted(why)

    def prepare(self, method: str, url: str, **request: Any) -> Answer:
        """Ask for what nobody sees."""
        return self._web.prepare(method, url, **request)

    def publish(self, method: str, url: str, **request: Any) -> Answer:
        """Ask for the post to be seen, unless it is to go no more. Raises `Halted`."""
        return self._go(lambda: self._web.publish(method, url, **request))

    def mail(self, letter: EmailMessage, ready: Callable[[], None] = already) -> str:
        """Give a letter to the mail server, unless it is to go no more. Raises `Halted`."""
        return self._go(lambda: self._web.mail(letter, self.check))

    def elsewhere(self, told: Mapping[str, Any], send: Callable[[], Answered]) -> Answered:
        """Have it sent by other means, unless it is to go no more. Raises `Halted`."""
        return self._go(lambda: self._web.elsewhere(told, send))

    def _go(self, ask: Callable[[], Answered]) -> Answered:
        if not self._seen:
            self.check()
        try:
            answer = ask()
        except (Later, Refused) as error:
            if self._seen:
                raise Unknown(f"part of it is out: {error}") from error
            raise
        except BaseException:
            self._seen = True
            raise
        self._seen = True
        return answer
