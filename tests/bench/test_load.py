"""The sender against a server that answers as it is told."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import load
from bench.load import Sender


@contextmanager
def serving(*statuses: bytes) -> Iterator[int]:
    """Answer each request on one connection with the next of `statuses`; yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                for status in statuses:
                    connection.recv(65_536)
                    connection.sendall(b"HTTP/1.1 " + status + b"\r\nContent-Length: 2\r\n\r\n{}")

        thread = threading.Thread(target=answer)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


def test_every_request_is_answered_once() -> None:
    with serving(b"202 Accepted", b"202 Accepted", b"202 Accepted") as port:
        sender = Sender(port, [b"a", b"b", b"c"], 1, [])
        sender.run()
    assert (sender.answered, sender.later) == (3, 0)
    assert all(took > 0 for took in sender.took)


def test_who_is_told_to_come_later_sends_again() -> None:
    with serving(b"503 Busy\r\nRetry-After: 0", b"202 Accepted") as port:
        sender = Sender(port, [b"a"], 1, [])
        sender.run()
    assert (sender.answered, sender.later) == (1, 1)


def test_a_request_says_how_long_it_is_and_who_sends_it(tmp_path: Path) -> None:
    file = tmp_path / "events"
    file.write_bytes(b'{"id":"a"}\n{"id":"b"}\n{"id":"c"}')
    first, second = load.requests_of(file, 2, "/events", "key")
    head, _, body = first.partition(b"\r\n\r\n")
    assert body == b'[{"id":"a"},{"id":"b"}]'
    assert head.startswith(b"POST /events HTTP/1.1\r\n")
    assert b"Authorization: Bearer key\r\n" in head
    assert head.endswith(b"Content-Length: 23")
    assert second.endswith(b'\r\n\r\n[{"id":"c"}]')
