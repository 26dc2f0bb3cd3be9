"""A server on this machine that stands for every service: it checks what is asked, and answers.

A test says in order what it expects (`expect`); what else is asked is answered with 418, and
`check` fails. Feeds are diverted to it, the Host header being that of the real service.
"""

import json
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

from dashboard.alerts.outgoing import Outgoing
from dashboard.alerts.sending import send
from dashboard.alerts.service import Account, Message, Sent, Service


@dataclass(frozen=True)
class Reply:
    """What is answered. `then`: in place of an answer hang up, before or after the request was read
    (and had its effect); say nothing until the server ends; or drip a byte at a time, for ever.
    """

    status: int = 200
    json: Any = None
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    then: Literal["answer", "hang up unread", "hang up", "silence", "drip"] = "answer"


@dataclass(frozen=True)
class Part:
    """A part of a multipart body."""

    name: str
    filename: str
    type: str
    content: bytes


@dataclass(frozen=True)
class Asked:
    """A request as it came; header names in lower case."""

    method: str
    url: str  # without its query
    whole: str  # with it
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        assert self.headers["content-type"].startswith("application/json")
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        assert self.headers["content-type"] == "application/x-www-form-urlencoded"
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def parts(self) -> dict[str, Part]:
        """The parts of a multipart body, by name."""
        kind, _, boundary = self.headers["content-type"].partition("; boundary=")
        assert kind == "multipart/form-data"
        chunks = self.body.split(b"--" + boundary.encode())[1:-1]
        return {part.name: part for part in map(_part, chunks)}


def _part(chunk: bytes) -> Part:
    head, _, content = chunk[2:-2].partition(b"\r\n\r\n")
    lines = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
    told = {name.lower(): value for name, value in lines.items()}
    names = dict(one.split("=", 1) for one in told["content-disposition"].split("; ")[1:])
    filename = names.get("filename", "").strip('"')
    return Part(names["name"].strip('"'), filename, told.get("content-type", ""), content)


class CheckingServer:
    """Listens on a free port of 127.0.0.1 while it is entered; `seen` are the requests so far."""

    def __init__(self) -> None:
        self.seen: list[Asked] = []
        self._expected: list[tuple[str, str, Reply]] = []
        self._wrong: list[str] = []
        self._lock, self._over = threading.Lock(), threading.Event()
        self._http = ThreadingHTTPServer(
            ("127.0.0.1", 0), type("Handler", (_Handler,), {"checking": self})
        )
        self._http.daemon_threads = True
        self.port: int = self._http.server_address[1]

    def __enter__(self) -> "CheckingServer":
        serve = {"poll_interval": 0.01}
        threading.Thread(target=self._http.serve_forever, kwargs=serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._http.shutdown()
        self._http.server_close()

    def expect(self, method: str, url: str, reply: Reply | None = None) -> None:
        """Expect a request, after those expected before; `url` as the service documents it."""
        self._expected.append((method, url, reply or Reply()))

    def check(self) -> None:
        """Fail where something came that was not expected, or something expected did not come."""
        assert self._wrong == []
        assert [one[:2] for one in self._expected] == []

    def web(self, *hosts: str, seconds: tuple[float, float, float] = (3, 10, 20)) -> Outgoing:
        """Return the real web, allowed to ask `hosts`, all of which are this server."""
        return Outgoing(hosts, diverted=("127.0.0.1", self.port), seconds=seconds)

    def send(self, service: Service, message: Message, account: Account, *hosts: str) -> Sent:
        """Send by a service as the outbox does; `hosts`: those of FEED_HOSTS."""
        return send(service, message, account, self.web(*service.hosts, *hosts))

    def take(self, asked: Asked) -> Reply:
        """Return what is answered to a request that was read."""
        with self._lock:
            self.seen.append(asked)
            if self._expected and self._expected[0][:2] == (asked.method, asked.url):
                return self._expected.pop(0)[2]
            self._wrong.append(f"{asked.method} {asked.url}")
            return Reply(status=418)

    def hangs_up_unread(self) -> bool:
        """Tell whether the next request is not even to be read; it is then over."""
        with self._lock:
            if self._expected and self._expected[0][2].then == "hang up unread":
                self._expected.pop(0)
                return True
            return False

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the server ends, or `seconds`; tell whether it ended."""
        return self._over.wait(seconds)


class _Handler(BaseHTTPRequestHandler):
    checking: CheckingServer
    protocol_version = "HTTP/1.1"

    def handle_one_request(self) -> None:
        self.close_connection = True
        if self.checking.hangs_up_unread():
            return
        super().handle_one_request()

    def answer(self) -> None:
        reply = self.checking.take(self.asked())
        self.close_connection = True
        if reply.then == "silence":
            self.checking.wait()
        elif reply.then != "hang up":
            self.say(reply)

    do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815

    def asked(self) -> Asked:
        headers = {name.lower(): value for name, value in self.headers.items()}
        parts = urlsplit(self.path)
        url = f"https://{headers['host']}{parts.path}"
        body = self.rfile.read(int(headers.get("content-length", "0")))
        whole = f"https://{headers['host']}{self.path}"
        return Asked(self.command, url, whole, dict(parse_qsl(parts.query)), headers, body)

    def say(self, reply: Reply) -> None:
        body = reply.body if reply.json is None else json.dumps(reply.json).encode()
        kind = "text/plain" if reply.json is None else "application/json"
        length = 10**6 if reply.then == "drip" else len(body)
        told = {"Content-Type": kind, "Content-Length": str(length), **reply.headers}
        try:
            self.send_response(reply.status)
            for name, value in told.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            while reply.then == "drip" and not self.checking.wait(0.01):
                self.wfile.write(b"x")
        except OSError:  # who asked has read enough
            self.connection.close()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def closed_port() -> int:
    """Return a port of 127.0.0.1 at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
