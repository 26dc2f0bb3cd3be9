"""Connections of Daphne's: callers who dawdle, and those who are too many, are cut."""

import time
from collections.abc import Iterable
from typing import Any

from daphne.http_protocol import HTTPFactory
from twisted.web.http import HTTPChannel, _GenericHTTPChannelProtocol

from dashboard.runtime.connections import Connections
from dashboard.runtime.hardened_daphne.requests import Request
from dashboard.runtime.hardened_daphne.wire import push, unread
from dashboard.runtime.limits import HEAD_S, LEAST_READ
from dashboard.runtime.reading import Download, in_kernel


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose next request's head must have come in a while, dripped or not (F35).

    What is written is kept until `flush`, so that an answer goes out in one piece.
    """

    def connectionMade(self) -> None:  # noqa: N802
        """Start the clock."""
        super().connectionMade()
        self._written: list[bytes] = []
        self._host = self.transport.getHost()
        self._start_clock(self._unread())

    def getHost(self) -> Any:  # noqa: N802
        """Return our own end's address, asked of the kernel once and not for each request."""
        return self._host

    def write(self, data: bytes) -> None:
        """Take a piece of an answer."""
        self._written.append(data)

    def writeSequence(self, iovec: Iterable[bytes]) -> None:  # noqa: N802
        """Take pieces of an answer."""
        self._written += iovec

    def writeHeaders(  # noqa: N802
        self, version: bytes, code: bytes, reason: bytes, headers: Any
    ) -> None:
        """Take the head of an answer."""
        pairs = headers.getAllRawHeaders()
        lines = [b"%b: %b\r\n" % (name, value) for name, values in pairs for value in values]
        self._written += [b"%b %b %b\r\n" % (version, code, reason), *lines, b"\r\n"]

    def flush(self) -> None:
        """Send what was written."""
        if self._written:
            wire, self._written = b"".join(self._written), []
            push(self.transport, wire)

    def allHeadersReceived(self) -> None:  # noqa: N802
        """Stop the clock: from here on the request has its own."""
        self.factory.waiting.pop(self, None)
        super().allHeadersReceived()

    def requestDone(self, request: Any) -> None:  # noqa: N802
        """Send what is left, and start the clock again for the next request."""
        self.flush()
        # Only of a long answer may the rest be read after the clock has run out.
        self._start_clock(self._unread() if request.sentLength > LEAST_READ else 0)
        super().requestDone(request)

    def still_reads(self, now: float) -> bool:
        """Return whether the client is still taking the last answer in."""
        return self._download.goes_on(self._unread(), now)

    def _start_clock(self, left: int) -> None:
        now = time.monotonic()
        self.factory.waiting[self] = now + HEAD_S
        self._download = Download(left, now)

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
        self.timeOut = None  # its timers cost 20 us a request, and `look` and requests have clocks
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
