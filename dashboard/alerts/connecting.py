"""Connections of outgoing requests (S25).

A name is resolved once, all its addresses are checked, and one of those that were checked is
connected to; the certificate is still that of the name.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from dashboard.alerts import addresses
from dashboard.alerts.web import Refused

_PIECE = 16 * 1024  # bytes
# Gives the addresses of a host at a port. Raises `OSError`.
Resolve = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses that the system's resolver gives for a name. Raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class Deadline:
    """An instant after which nothing is waited for; `begun` tells whether a request went out."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self.begun = False

    def within(self, seconds: float | None) -> float:
        """Return how long may be waited, at most `seconds`; a little where it has passed."""
        return max(0.001, min(seconds or 1e9, self._until - time.monotonic()))

    @property
    def passed(self) -> bool:
        """Tell whether it has passed."""
        return time.monotonic() >= self._until


class Stream(httpcore.NetworkStream):
    """A connection that a deadline ends, however busily the other side drips bytes."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline, plain: bool) -> None:
        self._inner, self._deadline, self._plain = inner, deadline, plain

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what came. Raises `httpcore.ReadTimeout`, also after the deadline."""
        if self._deadline.passed:
            raise httpcore.ReadTimeout("the time for all of it is over")
        return self._inner.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send it: from here on nobody can say that nothing was.

        Piece by piece: who takes it slowly would have the time-out anew with each gulp.
        """
        for start in range(0, len(buffer), _PIECE):
            if self._deadline.passed:
                raise httpcore.WriteTimeout("the time for all of it is over")
            self._deadline.begun = True
            self._inner.write(buffer[start : start + _PIECE], self._deadline.within(timeout))

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Return the connection under TLS, for the host's name; a test's own server has none."""
        if self._plain:
            return self
        within = self._deadline.within(timeout)
        inner = self._inner.start_tls(ssl_context, server_hostname, within)
        return Stream(inner, self._deadline, plain=False)

    def close(self) -> None:
        """End it."""
        self._inner.close()

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection knows of itself."""
        return self._inner.get_extra_info(info)


class Checked(httpcore.NetworkBackend):
    """Connects to public addresses alone; in tests to the server at `diverted`, without TLS."""

    def __init__(
        self,
        deadline: Deadline,
        resolve: Resolve = resolve,
        diverted: tuple[str, int] | None = None,
    ) -> None:
        self._deadline, self._resolve, self._diverted = deadline, resolve, diverted
        self._tcp = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection. Raises `Refused`, httpcore's `ConnectError` or `ConnectTimeout`."""
        patience = Deadline(self._deadline.within(timeout))
        if self._diverted:
            host, port = self._diverted
            return self._connect([host], port, patience)
        return self._connect(self._addresses(host, port, patience), port, patience)

    def _addresses(self, host: str, port: int, patience: Deadline) -> list[str]:
        """Return the addresses of a host, if all of them are public.

        The system's resolver may take longer than we wait, and cannot be stopped: it has a thread.
        """
        found: list[list[str] | OSError] = []
        asking = threading.Thread(target=self._ask, args=(host, port, found), daemon=True)
        asking.start()
        asking.join(patience.within(None))
        if not found:
            raise httpcore.ConnectTimeout(f"the name {host} was not resolved in time")
        if isinstance(found[0], OSError) or not found[0]:
            raise httpcore.ConnectError(f"the name {host} cannot be resolved")
        for address in found[0]:
            if not addresses.public(address):
                raise Refused(f"address: {host} leads to {address}, which is not public")
        return found[0]

    def _ask(self, host: str, port: int, found: list[list[str] | OSError]) -> None:
        try:
            found.append(self._resolve(host, port))
        except OSError as error:
            found.append(error)

    def _connect(self, among: list[str], port: int, patience: Deadline) -> httpcore.NetworkStream:
        """Try one after the other, each for its share of the time that is left."""
        for nth, address in enumerate(among):
            share = patience.within(None) / (len(among) - nth)
            try:
                inner = self._tcp.connect_tcp(address, port, share)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if nth == len(among) - 1:
                    raise
            else:
                return Stream(inner, self._deadline, plain=self._diverted is not None)
        raise httpcore.ConnectError("no address")
