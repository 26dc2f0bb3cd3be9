"""Requests of Uvicorn's with limits on the time and size of their heads, and on connections."""

import asyncio
import time
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from dashboard.accept.problems import Problem
from dashboard.runtime.connections import Connections
from dashboard.runtime.hardened_uvicorn.cut import cut
from dashboard.runtime.limits import HEAD_S, IDLE_S, MAX_HEAD, RECEIVE_S
from dashboard.runtime.reading import Download, in_kernel


class Http(HttpToolsProtocol):
    """A connection whose requests must come in within their time, dripped or not (F35)."""

    def __init__(self, *, counted: Connections, **given: Any) -> None:
        super().__init__(**given)
        self._counted = counted
        self._peer = ""
        self._upgraded = self._entered = False
        self._head_bytes = 0
        # Until when the head, or all of a request, must be here; None while it is being answered.
        self._due: float | None = None
        self._heard = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock; close at once what is one connection too many."""
        super().connection_made(transport)
        self._peer = self.client[0] if self.client else ""
        self._entered = self._counted.enter(self._peer)
        self._await_head()
        if not self._entered:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the caller is gone."""
        if self._entered:
            self._counted.leave(self._peer)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what the caller sends; a head has its largest size."""
        self._heard = time.monotonic()
        before = self.scope
        super().data_received(data)
        if self._upgraded or self.parser is None or self.scope is not before:
            self._head_bytes = 0
        elif self._in_head():
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD:
                self.send_400_response("head too long")

    def _in_head(self) -> bool:
        return self._due is not None and (self.cycle is None or self.cycle.response_complete)

    def on_headers_complete(self) -> None:
        """Give the rest of the request its time."""
        self._due = time.monotonic() + RECEIVE_S
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Stop the clock."""
        self._due = None
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Start the clock again, for the next request over this connection."""
        super().on_response_complete()
        self._await_head()

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection on; it stays counted."""
        self._upgraded = True
        super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request as all other problems are."""
        answer = Problem(400, msg).answer()
        head = f"content-type: {answer.content_type}\r\ncontent-length: {len(answer.body)}\r\n"
        lines = f"HTTP/1.1 400 Bad Request\r\n{head}connection: close\r\n\r\n"
        self.transport.write(lines.encode() + answer.body)
        self.transport.close()

    def look(self, now: float) -> None:
        """Cut a caller who dawdles; the server looks every 2 s."""
        if self._due is None or self.transport is None:
            return
        idle = not self._in_head() and now - self._heard >= IDLE_S
        if now < self._due and not idle:
            return
        if self._in_head() and self._download.goes_on(self._unread(), now):
            self._due = now + HEAD_S
        else:
            cut(self.transport)

    def _unread(self) -> int:
        kernel = self.transport.get_extra_info("socket")
        return self.transport.get_write_buffer_size() + in_kernel(kernel)

    def _await_head(self) -> None:
        now = time.monotonic()
        self._due, self._head_bytes = now + HEAD_S, 0
        self._download = Download(self._unread(), now)
