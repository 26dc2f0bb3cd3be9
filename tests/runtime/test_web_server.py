import http.client
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from dashboard.runtime import versions
from dashboard.runtime.limits import BODIES_BYTES, MAX_BODY
from dashboard.runtime.versions import DAPHNE, UVICORN, UntriedVersion, check_versions

PROJECT = Path(__file__).parents[2]
MIB = 1024 * 1024


class Server:
    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port, self.process = port, process
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False)

    def talk(self, sent: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as caller:
            caller.sendall(sent)
            answer = http.client.HTTPResponse(caller)
            answer.begin()
            head = f"HTTP/1.1 {answer.status} {answer.reason}\r\n{answer.headers}"
            return head.encode() + answer.read()

    def memory(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024

    def socket(self) -> ClientConnection:
        return connect(f"ws://127.0.0.1:{self.port}/", proxy=None)


@pytest.fixture(scope="module", params=["daphne", "uvicorn"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        number = listening.fileno()
        command = [sys.executable, "-m", "tests.runtime.echo_server", request.param, str(number)]
        with subprocess.Popen(command, pass_fds=[number], cwd=PROJECT) as process:
            one = Server(listening.getsockname()[1], process)
            with one.client:
                yield one
            process.kill()


def test_it_does_not_name_itself(server: Server) -> None:
    assert "server" not in server.client.get("/").headers
    assert b"daphne" not in server.talk(b"GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n").lower()


def test_its_own_errors_are_problems(server: Server) -> None:
    answer = server.client.get("/fail")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "Traceback" not in answer.text


def test_an_answer_that_breaks_off_is_not_taken_for_a_whole_one(server: Server) -> None:
    with pytest.raises(httpx.TransportError):
        server.client.get("/break")
    assert server.client.get("/fail").status_code == 500


def test_a_body_within_the_limit_comes_through(server: Server) -> None:
    assert server.client.post("/", content=bytes(4 * MIB)).text == str(4 * MIB)


def test_forms_are_the_applications_to_read(server: Server) -> None:
    headers = {"content-type": "multipart/form-data; boundary=b"}
    assert server.client.post("/", content=b"no form", headers=headers).text == "7"


def test_a_body_declared_too_long_is_refused_before_it_is_sent(server: Server) -> None:
    answer = server.talk(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"expected at most" in answer


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_of_50_mb_is_refused_and_not_kept(server: Server, chunked: bool) -> None:
    before = server.memory()
    body = (bytes(MIB) for _ in range(50)) if chunked else bytes(50 * MIB)
    answer = server.client.post("/", content=body)
    assert answer.status_code == 413
    assert server.memory() - before < MAX_BODY + 5 * MIB


def test_bodies_that_come_in_share_one_room_r8(server: Server) -> None:
    head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % MAX_BODY
    slow = [
        socket.create_connection(("127.0.0.1", server.port), timeout=60)
        for _ in range(BODIES_BYTES // MAX_BODY + 1)
    ]
    for caller in slow:
        caller.sendall(head + bytes(MAX_BODY - 1))
    (first, *_more), *_ = select.select(slow, [], [], 60)
    refused = first.recv(65536)
    assert refused.startswith(b"HTTP/1.1 503 ")
    assert b"retry-after: " in refused.lower()
    for caller in slow:
        caller.close()
    assert server.client.post("/", content=bytes(4 * MIB)).text == str(4 * MIB)


def test_a_body_beside_a_handshake_takes_no_room_for_good(server: Server) -> None:
    head = b"POST / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    for _ in range(BODIES_BYTES // (4 * MIB)):
        with socket.create_connection(("127.0.0.1", server.port), timeout=60) as caller:
            caller.sendall(head + b"Content-Length: %d\r\n\r\n" % (4 * MIB) + bytes(4 * MIB))
            caller.shutdown(socket.SHUT_WR)
            while caller.recv(65536):
                pass
    assert server.client.post("/", content=bytes(4 * MIB)).text == str(4 * MIB)


def test_head_is_answered_without_a_body_however_many_parts_that_has(server: Server) -> None:
    shop = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    shop.request("HEAD", "/parts")
    assert shop.getresponse().read() == b""
    shop.request("POST", "/", b"four")
    assert shop.getresponse().read() == b"4"
    shop.close()


def test_a_request_with_two_lengths_is_refused(server: Server) -> None:
    smuggled = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n"
    assert server.talk(smuggled + b"\r\n0\r\n\r\n").startswith(b"HTTP/1.1 400 ")


def test_a_socket_message_over_4_kib_closes_the_socket(server: Server) -> None:
    with server.socket() as talking:
        talking.send("x" * 4096)
        assert talking.recv() == "x" * 4096
        talking.send("x" * 4097)
        with pytest.raises(ConnectionClosed) as closed:
            talking.recv()
    assert closed.value.rcvd
    assert closed.value.rcvd.code == 1009


def test_when_it_is_stopped_sockets_are_told_to_come_back(server: Server) -> None:
    with server.socket() as talking:
        talking.send("hello")
        talking.recv()
        server.process.send_signal(signal.SIGTERM)
        with pytest.raises(ConnectionClosed) as closed:
            talking.recv()
    assert closed.value.rcvd
    assert closed.value.rcvd.code == 1012
    assert server.process.wait(timeout=60) == 0


def test_an_untried_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    check_versions(DAPHNE | UVICORN)
    monkeypatch.setattr(versions, "version", lambda _: "99.0")
    with pytest.raises(UntriedVersion, match=r"daphne 99\.0: .* was tried with"):
        check_versions(DAPHNE)
