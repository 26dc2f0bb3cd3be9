"""Around the application: caps on bodies and on what they occupy together, on time; problems."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from dashboard.accept.problems import Answer, Problem, later
from dashboard.runtime.limits import BODIES_BYTES, LINGER_BYTES, LINGER_S, MAX_BODY, RECEIVE_S

log = logging.getLogger(__name__)

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
# From a request's head to the end of its answer; Daphne counts the answer from the body's end.
REQUEST_S = RECEIVE_S + 30


class Bounds:
    """ASGI: requests within bounds go to the application, others are answered here."""

    def __init__(self, application: Any, room_bytes: int = BODIES_BYTES) -> None:
        self._application, self._room = application, room_bytes

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one connection, as ASGI asks."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        length = _declared(scope)
        held = MAX_BODY if length is None else length
        if held > MAX_BODY:
            await _refuse(Problem(413, f"body: expected at most {MAX_BODY} bytes"), receive, send)
        elif held > self._room:
            await _refuse(later(503, "server: too many requests at once"), receive, send)
        else:
            self._room -= held
            try:
                await Request(receive, send).serve(self._application, scope)
            finally:
                self._room += held


class Request:
    """One request: counts its body and remembers whether its answer has begun."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._received, self._too_long, self._begun = 0, False, False

    async def serve(self, application: Any, scope: Message) -> None:
        """Have the application answer; answer in its place where it fails or takes too long.

        Raises where half an answer is out: the server then cuts it off.
        """
        try:
            async with asyncio.timeout(REQUEST_S):
                await application(scope, self.receive, self.send)
        except Exception as error:
            if self._begun:
                raise
            if not self._too_long:
                log.error("request failed path=%s", scope["path"], exc_info=error)
                status = 503 if isinstance(error, TimeoutError) else 500
                await _answer(Problem(status, "").answer(), self._send)
                return
        if self._too_long and not self._begun:
            problem = Problem(413, f"body: expected at most {MAX_BODY} bytes")
            await _refuse(problem, self._receive, self._send)

    async def receive(self) -> Message:
        """Return the next piece of the body; where that is too long, the client seems to go."""
        message = await self._receive()
        self._received += len(message.get("body", b""))
        if self._received > MAX_BODY:
            self._too_long = True
        return {"type": "http.disconnect"} if self._too_long else message

    async def send(self, message: Message) -> None:
        """Hand on a piece of the answer."""
        self._begun = True
        await self._send(message)


def _declared(scope: Message) -> int | None:
    """Return a body's declared length; 0 where there is no body, None where it comes in chunks."""
    headers = dict(scope["headers"])
    if b"transfer-encoding" in headers:
        return None
    return int(headers.get(b"content-length", b"0"))


async def _answer(answer: Answer, send: Send, more: bool = False) -> None:
    named = {
        "content-type": answer.content_type,
        "content-length": str(len(answer.body)),
        "x-content-type-options": "nosniff",
        "connection": "close",
        **answer.headers,
    }
    headers = [(name.encode(), value.encode()) for name, value in named.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body, "more_body": more})


async def _refuse(problem: Problem, receive: Receive, send: Send) -> None:
    """Answer at once; what is still sent is thrown away, so that the sender gets to read it."""
    await _answer(problem.answer(), send, more=True)
    thrown = 0
    try:
        async with asyncio.timeout(LINGER_S):
            while thrown <= LINGER_BYTES:
                message = await receive()
                thrown += len(message.get("body", b""))
                if message["type"] != "http.request" or not message.get("more_body"):
                    break
    except TimeoutError:
        pass
    await send({"type": "http.response.body", "body": b""})
