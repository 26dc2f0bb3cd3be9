"""Requests of Daphne's with a cap on their bodies, and on the time and number of connections."""

import io
import time
from typing import Any

from daphne.http_protocol import HTTPFactory, WebRequest
from twisted.web.http import HTTPChannel, _GenericHTTPChannelProtocol

from dashboard.accept.problems import Answer, Problem, later
from dashboard.runtime.connections import Connections
from dashboard.runtime.limits import (
    HEAD_S,
    IDLE_S,
    LINGER_BYTES,
    LINGER_S,
    MAX_BODY,
    RECEIVE_S,
)
from dashboard.runtime.reading import Download, in_kernel


def unread(transport: Any) -> int:
    """Return how many bytes wait here for a client to read."""
    return len(transport.dataBuffer) + int(transport._tempDataLen)


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

    refused, received, held, deadline_s = False, 0, 0, 0.0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Forms are Django's to read: Twisted would spend 70 microseconds on every body's type.
        self._parsePOSTFormSubmission = False
        self.deadline_s = time.monotonic() + RECEIVE_S

    def gotLength(self, length: int | None) -> None:  # noqa: N802
        """Learn the length the sender declares; None where it sends in chunks."""
        self.content = io.BytesIO()  # Twisted would write what is longer than 100 KB to a file
        if length is not None and length > MAX_BODY:
            self.refuse(413, f"body: expected at most {MAX_BODY} bytes")

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802
        """Take a piece of the body, or throw it away where the request is refused."""
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
        headers = [*told(answer), (b"Connection", b"close")]
        self.channel.writeHeaders(b"HTTP/1.1", b"%d" % status, b"Refused", headers)
        self.channel.write(answer.body)
        self.deadline_s = time.monotonic() + LINGER_S

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:  # noqa: N802
        """Hand on a request that has come in wholly."""
        self.deadline_s = 0
        if self.refused:
            self.channel.loseConnection()
        else:
            super().requestReceived(command, path, version)

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
            if time.monotonic() > self.deadline_s:
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


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose next request's head must have come in a while, dripped or not (F35)."""

    def connectionMade(self) -> None:  # noqa: N802
        """Start the clock."""
        super().connectionMade()
        self._start_clock(time.monotonic())

    def allHeadersReceived(self) -> None:  # noqa: N802
        """Stop the clock: from here on the request has its own."""
        self.factory.waiting.pop(self, None)
        super().allHeadersReceived()

    def requestDone(self, request: Any) -> None:  # noqa: N802
        """Start the clock again, for the next request over this connection."""
        self._start_clock(time.monotonic())
        super().requestDone(request)

    def still_reads(self, now: float) -> bool:
        """Return whether the client is still taking the last answer in."""
        return self._download.goes_on(self._unread(), now)

    def _start_clock(self, now: float) -> None:
        self.factory.waiting[self] = now + HEAD_S
        self._download = Download(self._unread(), now)

    def _unread(self) -> int:
        return unread(self.transport) + in_kernel(self.transport.socket)

    def connectionLost(self, reason: Any) -> None:  # noqa: N802
        """Note that the caller is gone."""
        self.factory.left(self)
        super().connectionLost(reason)


class Factory(HTTPFactory):  # type: ignore[misc]
    """Makes a connection's protocol, or none: it is closed then."""

    def __init__(self, server: Any, connections: Connections) -> None:
        super().__init__(server)
        self.timeOut = IDLE_S
        self.waiting: dict[Channel, float] = {}  # until when, for the head of a request
        self._connections = connections

    def log(self, request: Any) -> None:
        """Write no access log: to put one line together, and throw it away, takes 40 us."""

    def protocol(self) -> Any:
        """Return what speaks HTTP over one connection."""
        return _GenericHTTPChannelProtocol(Channel())

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802
        """Return the protocol of a new connection; None where it is one too many."""
        if not self._connections.enter(addr.host):
            return None
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = Request
        return protocol

    def left(self, protocol: Any) -> None:
        """Note that a connection is over."""
        self.waiting.pop(protocol, None)
        self._connections.leave(protocol.transport.getPeer().host)

    def look(self, now: float) -> None:
        """Cut the connections whose request's head is late; the server looks every 2 s."""
        for channel in [one for one, due in self.waiting.items() if now >= due]:
            if channel.still_reads(now):
                self.waiting[channel] = now + HEAD_S
            else:
                channel.transport.abortConnection()
