"""Daphne with the limits it lacks; `daphne_server` runs it.

Everything that leans on private parts of Daphne, Twisted and Autobahn is in this file; it refuses
to run on versions it was not tried with. What is added: a cap on bodies while they come in (Daphne
reads all of it first), short time-outs for callers who dawdle, an end for readers who do not read,
a close code for sockets when the server is stopped, and errors that do not name the server.
"""

import asyncio
import io
import logging
import socket
import time
from importlib.metadata import version
from typing import Any

# First of all: it installs the asyncio reactor, which any other import of Twisted would forestall.
from daphne.server import Server  # isort: skip
from daphne.http_protocol import HTTPFactory, WebRequest
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet import reactor
from twisted.internet.defer import Deferred
from twisted.logger import globalLogBeginner

from dashboard.accept.problems import Answer, Problem, later

log = logging.getLogger(__name__)

TRIED = {"daphne": "4.2.3", "twisted": "26.10.0", "autobahn": "26.10.2"}

# The door for events takes 4 MiB and answers itself up to here; above, the body is not kept.
MAX_BODY = 5 * 1024 * 1024
# A refused sender gets to read the answer: what it still sends is thrown away, so long and so much.
LINGER_S, LINGER_BYTES = 10, 64 * 1024 * 1024
# What bodies occupy together from their first byte to the answer; who comes then is told 503.
BODIES_BYTES = 64 * 1024 * 1024
# Silence between two pieces of a request, and from its first line to its end.
IDLE_S, RECEIVE_S = 15, 60
# A socket whose client leaves so many bytes unread for so long is cut (about 200 frames).
UNREAD_BYTES, UNREAD_S = 256 * 1024, 10.0
# A sender waits while more than this is unread, and looks again so often; the kernel holds as much.
ROOM_BYTES, LOOK_S, KERNEL_BYTES = 16 * 1024, 0.05, 64 * 1024
WEBSOCKET_OPTIONS = {
    "autoPingTimeout": 10,
    # Only an answer counts as one: a client that sends but never reads is not alive.
    "autoPingRestartOnAnyTraffic": False,
    "allowNullOrigin": True,  # the consumers judge origins
    "openHandshakeTimeout": 5,
    "maxMessagePayloadSize": 4096,
    "maxFramePayloadSize": 4096,
    "failByDrop": False,  # whoever breaks a rule is told so by a close code
}
SERVICE_RESTART = 1012
# What a stopped server gives to requests to be answered, and then to what it has cancelled.
FINISH_S = 2.0


class UntriedVersion(Exception):
    """A library this file reaches into is of another version than it was tried with."""


def check_versions() -> None:
    """Raise `UntriedVersion` unless the libraries are those this file was tried with."""
    for name, tried in TRIED.items():
        if (found := version(name)) != tried:
            raise UntriedVersion(
                f"{name} {found}: dashboard/runtime/hardened_daphne.py was tried with {tried}; "
                "run tests/runtime against the new version, then change TRIED"
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

    # Forms are Django's to read: Twisted would spend 70 microseconds on every body's type.
    _parsePOSTFormSubmission = False  # noqa: N815

    refused, received, held, deadline_s = False, 0, 0, 0.0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
        answer = Problem(status, body).answer()
        start = {"type": "http.response.start", "status": status, "headers": told(answer)}
        self.handle_reply(start)
        self.handle_reply({"type": "http.response.body", "body": answer.body})


class Factory(HTTPFactory):  # type: ignore[misc]
    """Makes a connection's protocol."""

    def log(self, request: Any) -> None:
        """Write no access log: to put one line together, and throw it away, takes 40 us."""

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802
        """Return the protocol of a new connection."""
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = Request
        return protocol


class Socket(WebSocketProtocol):  # type: ignore[misc]
    """A websocket that waits for its client to read, and is cut where it does not."""

    unread_since: float | None = None
    maxMessagePayloadSize: int  # noqa: N815

    def onOpen(self) -> None:  # noqa: N802
        """Keep little in the kernel too: what lies there is old by the time it is read."""
        super().onOpen()
        self.transport.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)

    def serverClose(self, code: int | None = None) -> None:  # noqa: N802
        """Close with any code: Autobahn's `sendClose` refuses 1008, 1011 and 1013."""
        if self.state == self.STATE_OPEN:
            self.sendCloseFrame(code=code or 1000)

    def unread(self) -> int:
        """Return how many bytes wait here for the client to read."""
        return len(self.transport.dataBuffer) + int(self.transport._tempDataLen)

    async def room(self) -> None:
        """Wait until the client has read what it was sent, so that it skips and does not queue."""
        while self.state == self.STATE_OPEN and self.unread() > ROOM_BYTES:
            await asyncio.sleep(LOOK_S)

    def sendMessage(self, *args: Any, **kwargs: Any) -> None:  # noqa: N802
        """Send a message of any size: Autobahn means its limit for both directions."""
        limit: int = self.maxMessagePayloadSize
        self.maxMessagePayloadSize = 0
        try:
            super().sendMessage(*args, **kwargs)
        finally:
            self.maxMessagePayloadSize = limit

    def check_timeouts(self) -> None:
        """Look at this socket; the server does so every 2 s."""
        super().check_timeouts()
        waiting = self.unread()
        if waiting <= UNREAD_BYTES:
            self.unread_since = None
            return
        self.unread_since = self.unread_since or time.monotonic()
        if time.monotonic() - self.unread_since >= UNREAD_S:
            log.info("cut a client that does not read unread_bytes=%s", waiting)
            self.transport.abortConnection()


class BoardServer(Server):  # type: ignore[misc]
    """Daphne on a socket that is already listening."""

    def __init__(self, application: Any, listening: socket.socket) -> None:
        super().__init__(
            application,
            endpoints=["adopted"],
            http_timeout=30,
            websocket_timeout=-1,  # its default of a day would end the wall during the festival
            websocket_connect_timeout=5,
            ping_interval=5,
            server_name="",
            request_buffer_size=MAX_BODY + 1,  # a body is one message to the application, not 30
        )
        self.listening = listening
        self.room_bytes = BODIES_BYTES

    def run(self) -> None:
        """Serve until SIGTERM."""
        self.connections: dict[Any, dict[str, Any]] = {}
        self.http_factory = Factory(self)
        self.http_factory.timeOut = IDLE_S
        self.ws_factory = WebSocketFactory(self, server="")
        self.ws_factory.protocol = Socket
        self.ws_factory.setProtocolOptions(**WEBSOCKET_OPTIONS)
        globalLogBeginner.beginLoggingTo(
            [lambda _event: None], redirectStandardIO=False, discardBuffer=True
        )
        reactor.callLater(1, self.application_checker)
        reactor.callLater(2, self.timeout_checker)
        reactor.adoptStreamPort(self.listening.fileno(), self.listening.family, self.http_factory)
        asyncio.set_event_loop(reactor._asyncioEventloop)
        reactor.addSystemEventTrigger(
            "before", "shutdown", lambda: Deferred.fromFuture(asyncio.ensure_future(self.wind_up()))
        )
        reactor.run()

    async def handle_reply(self, protocol: Any, message: Any) -> None:
        """Hand a reply to the connection; return when a websocket has room for another."""
        await super().handle_reply(protocol, message)
        if isinstance(protocol, Socket) and message["type"] == "websocket.send":
            await protocol.room()

    async def wind_up(self) -> None:
        """Ask the sockets' pages to come back, let requests be answered, then cancel what is left.

        In place of Daphne's own, which fails on a request that is still coming in.
        """
        for protocol in self.connections:
            if isinstance(protocol, Socket) and protocol.state == protocol.STATE_OPEN:
                protocol.sendCloseFrame(code=SERVICE_RESTART)
        await self._until_over(self._running(Request))
        for application in self._running(object):
            application.cancel()
        await self._until_over(self._running(object))

    async def _until_over(self, applications: list[asyncio.Future[None]]) -> None:
        if applications:
            await asyncio.wait(applications, timeout=FINISH_S)

    def _running(self, kind: type) -> list[asyncio.Future[None]]:
        """Return what the application is doing for connections of this kind."""
        found = (
            details.get("application_instance")
            for protocol, details in self.connections.items()
            if isinstance(protocol, kind)
        )
        return [one for one in found if one is not None and not one.done()]
