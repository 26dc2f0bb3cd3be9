"""Floods over websockets: closed with a reason, and bounded (F37, S16, S17)."""

import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests import webserver
from tests.faults.figures import record
from tests.webserver import PATH, WebServer, handshake

MIB = 1024 * 1024
VIEWERS, AN_ADDRESS = 300, 100


@pytest.fixture(scope="module", params=["daphne", "uvicorn"])
def served(request: pytest.FixtureRequest) -> Iterator[WebServer]:
    settings = {"VIEWERS": str(VIEWERS), "VIEWERS_PER_ADDRESS": str(AN_ADDRESS)}
    with webserver.running(request.param, **settings) as server:
        yield server


def watching(served: WebServer) -> ClientConnection:
    return connect(f"ws://127.0.0.1:{served.port}{PATH}", proxy=None, max_size=None)


def closing_code(client: ClientConnection) -> int | None:
    """Read until the socket is closed; return the code."""
    while True:
        try:
            client.recv(timeout=15)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None


def test_a_thousand_messages_at_once_close_the_socket_with_1008(served: WebServer) -> None:
    with watching(served) as client:
        with suppress(ConnectionClosed):  # before all were sent
            for _ in range(1_000):
                client.send('{"type":"snapshot"}')
        assert closing_code(client) in {1008, None}


@pytest.mark.parametrize("message", ["x" * 100, '{"type":"subscribe"}', b"\0"])
def test_what_is_no_request_closes_the_socket_with_1008(
    served: WebServer, message: str | bytes
) -> None:
    with watching(served) as client:
        client.send(message)
        assert closing_code(client) == 1008


def test_a_frame_of_a_mebibyte_closes_the_socket_and_is_not_kept(served: WebServer) -> None:
    before = served.rss()
    with watching(served) as client:
        with suppress(ConnectionClosed):
            client.send("x" * MIB)
        assert closing_code(client) in {1009, None}
    assert served.rss() - before < 10 * MIB


def test_no_compression_is_agreed_upon(served: WebServer) -> None:
    with watching(served) as client:
        assert client.response
        assert "Sec-WebSocket-Extensions" not in client.response.headers


def is_let_in(caller: socket.socket) -> bool:
    """Return whether a handshake led to a snapshot, not to 4429 or to nothing."""
    data = b""
    with suppress(OSError):
        while b"\r\n\r\n" not in data or data.endswith(b"\r\n\r\n"):
            if not (piece := caller.recv(4096)):
                break
            data += piece
    return data.partition(b"\r\n\r\n")[2][:1] == b"\x81"


def test_five_thousand_handshakes_get_no_further_than_the_caps(served: WebServer) -> None:
    """One address gets its share; what is above is told 4429, or not let in at all."""
    before = served.rss()
    callers: list[socket.socket] = []
    for _ in range(5_000):
        try:
            one = served.connect(9)
            one.sendall(handshake(served.port))
        except OSError:
            continue
        callers.append(one)
        if len(callers) > 400:
            callers.pop(AN_ADDRESS).close()
    let_in = sum(is_let_in(one) for one in callers[: AN_ADDRESS + 50])
    with watching(served) as client:
        assert client.recv(timeout=15)
    grown = (served.rss() - before) // MIB
    assert let_in == AN_ADDRESS
    assert grown < 100
    record("F37", f"5,000 handshakes, {served.name}", f"RSS +{grown} MiB, others are served")
