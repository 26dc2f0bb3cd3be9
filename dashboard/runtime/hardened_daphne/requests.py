"""Requests of Daphne's with a cap on their bodies, and on the time they take to come in."""

import io
import time
from typing import Any

from daphne.http_protocol import WebRequest
from twisted.web.http_headers import Headers

from dashboard.accept.problems import Answer, Problem, later
from dashboard.runtime.limits import (
    IDLE_S,
    LINGER_BYTES,
    LINGER_S,
    MAX_BODY,
    RECEIVE_S,
)


def told(answer: Answer) -> list[tuple[bytes, bytes]]:
    """Return the headers of an answer by the server itself."""
    return [
        (b"Content-Type", answer.content_type.encode()),
        (b"Content-Length", str(len(answer.body)).encode()),
        (b"X-Content-Type-Options", b"nosniff"),
        *((name.encode(), value.encode()) for name, value in answer.headers.items()),
    ]


class Request(WebRequest):  # type: ignore[misc]
    """A request with a cap on its body and a limit on the time it takes to come in."""

    refused, received, held, deadline_s, heard_s = False, 0, 0, 0.0, 0.0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Forms are Django's to read: Twisted would spend 70 microseconds on every body's type.
        self._parsePOSTFormSubmission = False
        self.heard_s = time.monotonic()
        self.deadline_s = self.heard_s + RECEIVE_S

    def gotLength(self, length: int | None) -> None:  # noqa: N802
        """Learn the length the sender declares; None where it sends in chunks."""
        self.heard_s = time.monotonic()  # a head may take its time, silence begins after it
        self.content = io.BytesIO()  # Twisted would write what is longer than 100 KB to a file
        if length is not None and length > MAX_BODY:
            self.refuse(413, f"body: expected at most {MAX_BODY} bytes")

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802
        """Take a piece of the body, or throw it away where the request is refused."""
        self.heard_s = time.monotonic()
        self.received += len(data)
        if self.refused:
            if self.received > LINGER_BYTES:
                self.channel.forceAbortClient()
        elif self.received > MAX_BODY:
            self.refuse(413, f"body: expected at most {MAX_BODY} bytes")
        elif len(data) > self.server.room_bytes:
            self.refuse(503, "server: too many requests at once")
        else:
            self.content.write(data)
            self.server.room_bytes -= len(data)
            self.held += len(data)

    def refuse(self, status: int, detail: str) -> None:
        """Answer at once, before the body is here."""
        self.refused, self.content = True, io.BytesIO()
        self.let_go()
        self.requestHeaders.removeHeader(b"Expect")
        answer = (later(503, detail) if status == 503 else Problem(status, detail)).answer()
        headers = Headers({name: [value] for name, value in told(answer)})
        headers.addRawHeader(b"Connection", b"close")
        self.channel.writeHeaders(b"HTTP/1.1", b"%d" % status, b"Refused", headers)
        self.channel.write(answer.body)
        self.channel.flush()
        self.deadline_s = time.monotonic() + LINGER_S

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:  # noqa: N802
        """Hand on a request that is here wholly; who was refused has until its deadline to read."""
        if self.refused:
            self.channel.loseConnection()
            return
        self.deadline_s = 0
        super().requestReceived(command, path, version)
        if self.transport is None:  # a websocket's connection from here on; nobody reads the body
            self.let_go()

    def handle_reply(self, message: dict[str, Any]) -> None:
        """Send a part of the answer; its head goes together with what is first of its body.

        HEAD has none: Daphne would send the later parts of one, which the next answer begins with.
        """
        if self.method == b"HEAD" and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        super().handle_reply(message)
        if not self.finished and self.channel:
            self.channel.flush()

    def finish(self) -> None:
        """End with the answer."""
        self.let_go()
        super().finish()

    def connectionLost(self, reason: Any) -> None:  # noqa: N802
        """Note that the caller is gone."""
        self.deadline_s = 0
        self.let_go()
        super().connectionLost(reason)

    def let_go(self) -> None:
        """Give back the room of the body."""
        self.server.room_bytes += self.held
        self.held = 0

    def check_timeouts(self) -> None:
        """Look at this request; the server does so every 2 s."""
        if self.deadline_s:
            now = time.monotonic()
            if now > self.deadline_s or now - self.heard_s > IDLE_S:
                self.channel.forceAbortClient()
            return
        if self._response_started and self.duration() > self.server.http_timeout:
            self.basic_error(503, b"", "")
        else:
            super().check_timeouts()

    def basic_error(self, status: int, status_text: bytes, body: str) -> None:
        """Answer an error of the server's own; half an answer is cut off, not ended as if whole."""
        if self._response_started:
            self.channel.forceAbortClient()
            return
        answer = (later(503, body) if status == 503 else Problem(status, body)).answer()
        start = {"type": "http.response.start", "status": status, "headers": told(answer)}
        self.handle_reply(start)
        self.handle_reply({"type": "http.response.body", "body": answer.body})
