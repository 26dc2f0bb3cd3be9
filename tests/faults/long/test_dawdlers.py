"""Callers who dawdle are cut, on both web servers, while others are served (F35, F36, R9)."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from websockets.sync.client import connect

from dashboard.runtime.limits import PING_S, PONG_S
from tests import webserver
from tests.faults.figures import record
from tests.webserver import PATH, WebServer

MIB = 1024 * 1024
ASK = b"\x81\x93\0\0\0\0" + b'{"type":"snapshot"}'


@pytest.fixture(params=["daphne", "uvicorn"])
def served(request: pytest.FixtureRequest) -> Iterator[WebServer]:
    with webserver.running(request.param) as server:
        yield server


def dawdlers(served: WebServer) -> dict[str, list[socket.socket]]:
    """Callers that send little and read nothing, by what they do."""
    head = [served.connect(2) for _ in range(30)]
    body = [served.connect(3) for _ in range(10)]
    for one in body:
        one.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx")
    return {
        "idle": [served.connect(1) for _ in range(200)],
        "dripped head": head,
        "stalled body": body,
        "stalled reader": [served.open_socket(4, small=True) for _ in range(50)],
        "chatterer": [served.open_socket(5, small=True) for _ in range(50)],
    }


def drip(callers: dict[str, list[socket.socket]], turn: int) -> None:
    """Send a byte more of each head, and now and then a message of each chatterer."""
    for one in callers["dripped head"]:
        _send(one, b"GET / HTTP/1.1\r\nX-Long: "[turn % 20 : turn % 20 + 1])
    if turn % 6 == 0:
        for one in callers["chatterer"]:
            _send(one, ASK)


def _send(caller: socket.socket, data: bytes) -> None:
    try:
        caller.send(data)
    except OSError:
        return  # cut: what we are waiting for


def is_cut(caller: socket.socket) -> bool:
    """Return whether the server has ended a connection; reads nothing."""
    state = caller.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
    return state != 1  # 1 is ESTABLISHED


@contextmanager
def honest(served: WebServer) -> Iterator[list[int]]:
    """Watch as a page does, a frame each half second; yield the numbers of the frames told."""
    told: list[int] = []
    stop = threading.Event()

    def watch() -> None:
        with connect(f"ws://127.0.0.1:{served.port}{PATH}", proxy=None) as viewer:
            while not stop.is_set():
                told.append(json.loads(viewer.recv(timeout=10))["seq"])

    watching = threading.Thread(target=watch)
    watching.start()
    yield told
    stop.set()
    watching.join()


def test_callers_who_dawdle_are_cut_and_nobody_else_f35_f36(served: WebServer) -> None:
    before = served.rss()
    cut_after: dict[str, int] = {}
    callers = dawdlers(served)
    began = time.monotonic()
    with honest(served) as told:
        for turn in range(60 * 2):
            left = {
                kind: [one for one in each if not is_cut(one)] for kind, each in callers.items()
            }
            for kind in [one for one, each in left.items() if not each]:
                cut_after.setdefault(kind, round(time.monotonic() - began))
            if len(cut_after) == len(callers):
                break
            drip(left, turn)
            served.publisher.publish()
            time.sleep(0.5)
        newest = served.publisher.frame["seq"]
    assert cut_after.keys() == callers.keys()
    assert len(set(told)) >= newest - 3
    assert served.rss() - before < 60 * MIB
    figures = f"cut after {cut_after} s, RSS +{(served.rss() - before) // MIB} MiB"
    record("R9", f"callers who dawdle, {served.name}", f"{figures}, asked after {PING_S + PONG_S}")
