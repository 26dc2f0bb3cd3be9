"""Outgoing requests: where they may go (S25), and how each may end (F39)."""

import contextlib
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_django.fixtures import Settings

from dashboard.alerts import addresses
from dashboard.alerts.connecting import Deadline, Stream
from dashboard.alerts.feeds import x
from dashboard.alerts.outgoing import MOST_READ, Outgoing
from dashboard.alerts.web import Later, Refused, Unknown
from tests.alerts.checking_server import CheckingServer, Reply, closed_port

URL = "https://feed.example/post"
SOON = (1.5, 0.5, 1.5)  # seconds to connect, to read, and in all


@pytest.mark.parametrize(
    "url",
    [
        "http://feed.example/",
        "ftp://feed.example/",
        "//feed.example/",
        "https:///post",
        "https://feed.example:8443/",
        "https://feed.example:80/",
        "https://feed.example./",
        "https://other.example/",
        "https://sub.feed.example/",
        "https://feed.example.evil.example/",
        "https://user:password@feed.example/",
        "https://feed.example@evil.example/",
        "https://feed.example\\@evil.example/",
        "https://evil.example#@feed.example/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://2130706433/",
        "https://017700000001/",
        "https://①②⑦.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://0/",
    ],
)
def test_only_hosts_that_were_named_are_asked_s25(url: str) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise AssertionError("resolved")

    # Even where somebody allowed what is an address.
    web = Outgoing(["feed.example", "127.0.0.1", "127.1", "0", "::1"], resolve=resolve)
    with pytest.raises(Refused, match="address: "):
        web.publish("POST", url)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.1.2.3", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255"),
        *("192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.8"),
        *("198.18.0.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
        *("192.0.2.1", "198.51.100.1", "203.0.113.1", "192.88.99.1"),
        *("::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "fe80::1"),
        *("fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2002:7f00:1::"),
        *("2002:808:808::1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1"),
        *("2001::1", "2001:db8::1", "3fff::1", "100::1", "5f00::1", "2606:4700::1111%eth0"),
    ],
)
def test_an_address_that_is_not_public_is_refused_s25(address: str) -> None:
    assert not addresses.public(address)
    web = Outgoing(["feed.example"], resolve=lambda host, port: ["1.1.1.1", address])
    with pytest.raises(Refused, match=r"feed\.example leads to .*, which is not public"):
        web.publish("POST", URL)


@pytest.mark.parametrize("address", ["1.1.1.1", "100.128.0.1", "172.32.0.1", "2606:4700::1111"])
def test_a_public_address_is_not_refused_s25(address: str) -> None:
    assert addresses.public(address)


def test_a_name_is_resolved_once_and_the_checked_address_connected_to_s25(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The resolver says 127.0.0.1 from the second time on (rebinding)."""
    asked: list[str] = []
    dialled: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["1.1.1.1"] if len(asked) == 1 else ["127.0.0.1"]

    def dial(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        dialled.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", dial)
    web = Outgoing(["feed.example"], resolve=rebinding)
    with pytest.raises(Later, match="no connection"):
        web.publish("POST", URL)
    assert (asked, dialled) == (["feed.example"], ["1.1.1.1"])
    with pytest.raises(Refused):
        web.publish("POST", URL)
    assert dialled == ["1.1.1.1"]


@pytest.mark.parametrize(
    ("named", "expected"), [("feed.example", Unknown), ("other.example", Later)]
)
def test_the_certificate_is_that_of_the_name_s25(
    named: str, expected: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server whose certificate is another's is sent nothing at all."""
    context, trust = _certificate(tmp_path, named)
    asked_for: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: asked_for.append(name)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        inner = socket.create_connection(listening.getsockname())
        monkeypatch.setattr(socket, "create_connection", lambda *_, **__: inner)
        hearing = threading.Thread(target=_hang_up, args=(listening, context))
        hearing.start()
        web = Outgoing(["feed.example"], trust=trust, resolve=lambda *_: ["1.1.1.1"])
        with pytest.raises(expected):
            web.publish("POST", URL)
        hearing.join()
    assert asked_for == ["feed.example"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused_s25(server: CheckingServer, status: int) -> None:
    server.expect("POST", URL, Reply(status, headers={"Location": "http://169.254.169.254/"}))
    with pytest.raises(Refused, match=f"HTTP {status}"):
        server.web("feed.example").publish("POST", URL)


@pytest.mark.parametrize("size", [MOST_READ + 1, 10 * 1024 * 1024])
def test_an_answer_of_more_than_64_kib_is_no_answer_f39_s25(
    server: CheckingServer, size: int
) -> None:
    for _ in range(2):
        server.expect("POST", URL, Reply(body=b"x" * size))
    with pytest.raises(Unknown, match="64 KiB"):
        server.web("feed.example").publish("POST", URL)
    with pytest.raises(Later, match="64 KiB"):
        server.web("feed.example").prepare("POST", URL)


def test_an_answer_of_64_kib_is_read_s25(server: CheckingServer) -> None:
    server.expect("GET", URL, Reply(body=b"x" * MOST_READ))
    assert len(server.web("feed.example").prepare("GET", URL).body) == MOST_READ


def test_nothing_is_unpacked_s25(server: CheckingServer) -> None:
    server.expect("POST", URL, Reply(body=b"bomb", headers={"Content-Encoding": "gzip"}))
    with pytest.raises(Unknown):
        server.web("feed.example").publish("POST", URL)
    assert server.seen[0].headers["accept-encoding"] == "identity"


def test_no_proxy_and_no_cookie_of_the_environment_is_used_s25(
    server: CheckingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{closed_port()}")
    server.expect("POST", URL, Reply(headers={"Set-Cookie": "a=b"}))
    server.expect("POST", URL)
    web = server.web("feed.example")
    web.publish("POST", URL, json={})
    web.publish("POST", URL, json={})
    assert "cookie" not in server.seen[1].headers
    assert server.seen[1].headers["host"] == "feed.example"


@pytest.mark.parametrize("then", ["silence", "drip", "hang up", "hang up unread"])
def test_a_post_whose_outcome_nobody_told_is_unknown_f39(server: CheckingServer, then: str) -> None:
    for _ in range(2):
        server.expect("POST", URL, Reply(then=then))  # type: ignore[arg-type]
    web = server.web("feed.example", seconds=SOON)
    with pytest.raises(Unknown):
        web.publish("POST", URL, json={"text": "news"})
    with pytest.raises(Later):
        web.prepare("POST", URL, json={"text": "login"})


def test_a_server_that_always_has_a_byte_more_is_left_at_the_deadline_f39() -> None:
    class Endless(httpcore.NetworkStream):
        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            return b"x"

    over, in_time = (Stream(Endless(), Deadline(s), plain=True) for s in (0, 1000))
    assert in_time.read(1) == b"x"
    with pytest.raises(httpcore.ReadTimeout):
        over.read(1)


def test_without_a_connection_nothing_is_posted_f39() -> None:
    web = Outgoing(["feed.example"], diverted=("127.0.0.1", closed_port()))
    with pytest.raises(Later, match="no connection"):
        web.publish("POST", URL)


def test_a_name_that_nobody_knows_is_for_later_f39() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    with pytest.raises(Later, match="cannot be resolved"):
        Outgoing(["feed.example"], resolve=resolve).publish("POST", URL)


def test_a_resolver_is_not_waited_for_without_end_f39() -> None:
    over = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        over.wait()
        return []

    web = Outgoing(["feed.example"], resolve=resolve, seconds=(0.05, 1, 1))
    with pytest.raises(Later, match="not resolved in time"):
        web.publish("POST", URL)
    over.set()


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_5xx_is_unknown_once_it_was_to_be_seen_f39(server: CheckingServer, status: int) -> None:
    for _ in range(2):
        server.expect("POST", URL, Reply(status))
    with pytest.raises(Unknown, match=f"HTTP {status}"):
        server.web("feed.example").publish("POST", URL)
    with pytest.raises(Later, match=f"HTTP {status}"):
        server.web("feed.example").prepare("POST", URL)


@pytest.mark.parametrize("ask", ["publish", "prepare"])
def test_too_many_is_for_later_as_late_as_was_said_f39(server: CheckingServer, ask: str) -> None:
    server.expect("POST", URL, Reply(429, headers={"Retry-After": "7"}))
    with pytest.raises(Later) as caught:
        getattr(server.web("feed.example"), ask)("POST", URL)
    assert caught.value.seconds == 7


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422])
def test_a_4xx_is_a_refusal_f39(server: CheckingServer, status: int) -> None:
    server.expect("POST", URL, Reply(status, json={"error": "no such token"}))
    with pytest.raises(Refused, match=f"HTTP {status} .*no such token"):
        server.web("feed.example").publish("POST", URL)


def test_a_refusal_does_not_repeat_secrets(
    server: CheckingServer, caplog: pytest.LogCaptureFixture
) -> None:
    token, key, bearer = "12345:AAAA-bbbb-CCCC", "k" * 36, "b" * 30
    url = f"https://feed.example/bot{token}/sendMessage"
    said = f"no bot{token} with {key} and {bearer}\r\nor else".encode()
    server.expect("POST", url, Reply(404, body=said))
    with pytest.raises(Refused) as caught:
        server.web("feed.example").publish(
            "POST", url, params={"key": key}, headers={"Authorization": f"Bearer {bearer}"}
        )
    assert str(caught.value) == "HTTP 404 no ••• with ••• and •••  or else"
    assert caplog.messages == ["request refused host=feed.example status=404"]


def _hang_up(listening: socket.socket, context: ssl.SSLContext) -> None:
    """Take one connection, agree on TLS where the other side does, and hang up."""
    plain, _ = listening.accept()
    with plain, contextlib.suppress(OSError), context.wrap_socket(plain, server_side=True) as sure:
        sure.recv(1)


def test_a_service_asks_its_own_hosts_and_those_of_the_settings_s25(
    server: CheckingServer, settings: Settings
) -> None:
    settings.FEED_HOSTS = ["own.example:8443"]
    settings.FEEDS_DIVERTED_TO = ("127.0.0.1", server.port)
    web = Outgoing.for_service(x.SERVICE)
    for url in ("https://api.x.com/2/tweets", "https://own.example:8443/in"):
        server.expect("POST", url)
        assert web.publish("POST", url).status == 200
    for url in (URL, "https://own.example/in"):
        with pytest.raises(Refused, match="FEED_HOSTS"):
            web.publish("POST", url)


@pytest.mark.parametrize("token", ["sec\nret", "secrèt"])
def test_a_token_that_no_header_can_hold_is_refused_and_not_repeated(
    server: CheckingServer, token: str
) -> None:
    with pytest.raises(Refused, match="account: expected") as caught:
        server.web("feed.example").publish("POST", URL, headers={"Authorization": token})
    assert token not in str(caught.value)


def _certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return a server's context with a certificate for `name`, and a client's that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    file = folder / f"{name}.pem"
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(key.private_bytes(pem, *plain) + made.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, ssl.create_default_context(cadata=made.public_bytes(pem).decode())
