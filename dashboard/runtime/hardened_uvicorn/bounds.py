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
        self._application, self._room = application, Room(room_bytes)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one connection, as ASGI asks."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        declared = _declared(scope)
        if declared > MAX_BODY:
            await _refuse(_too_long(), receive, send)
        elif declared > self._room.left:
            await _refuse(_no_room(), receive, send)
        else:
            await Request(receive, send, self._room).serve(self._application, scope)


class Room:
    """What is left of the bytes that bodies may occupy together.

    It is taken piece by piece as they come in: a length that is only declared would cost its sender
    nothing, and all others the door.
    """

    def __init__(self, left: int) -> None:
        self.left = left


class Request:
    """One request: counts its body and remembers whether its answer has begun."""

    def __init__(self, receive: Receive, send: Send, room: Room) -> None:
        self._receive, self._send, self._room = receive, send, room
        self._held, self._begun = 0, False
        self._refusal: Problem | None = None

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
            if self._refusal is None:
                log.error("request failed path=%s", scope["path"], exc_info=error)
                await _answer(_failure(error).answer(), self._send)
                return
        finally:
            self._room.left += self._held
        if self._refusal and not self._begun:
            await _refuse(self._refusal, self._receive, self._send)

    async def receive(self) -> Message:
        """Return the next piece of the body; where that is one too many, the client seems to go."""
        message = await self._receive()
        size = len(message.get("body", b""))
        if self._held + size > MAX_BODY:
            self._refusal = self._refusal or _too_long()
        elif size > self._room.left:
            self._refusal = self._refusal or _no_room()
        if self._refusal:
            return {"type": "http.disconnect"}
        self._held += size
        self._room.left -= size
        return message

    async def send(self, message: Message) -> None:
        """Hand on a piece of the answer."""
        self._begun = True
        await self._send(message)


def _declared(scope: Message) -> int:
    """Return a body's declared length; 0 where there is no body, or it comes in chunks."""
    headers = dict(scope["headers"])
    return 0 if b"transfer-encoding" in headers else int(headers.get(b"content-length", b"0"))


def _too_long() -> Problem:
    return Problem(413, f"body: expected at most {MAX_BODY} bytes")


def _no_room() -> Problem:
    return later(503, "server: too many requests at once")


def _failure(error: Exception) -> Problem:
    if isinstance(error, TimeoutError):
        return later(503, "server: no answer in time")
    return Problem(500, "")


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
