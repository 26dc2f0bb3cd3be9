"""S28: X-Forwarded-* is believed only from the proxies that were named."""

from typing import Any

import pytest

from gmvboard.env import BadSetting
from gmvboard.proxies import Forwarded, client_address, networks

PROXIES = ["10.0.0.0/8", "::1"]


async def seen(
    peer: str, proxies: list[str], kind: str = "http", **headers: str
) -> tuple[str, Any]:
    """The client and the scheme that the application is given."""
    given: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        given.append(scope)

    encoded = [(f"x-forwarded-{name}".encode(), text.encode()) for name, text in headers.items()]
    scope: dict[str, Any] = {"type": kind, "client": [peer, 4000], "headers": encoded}
    await Forwarded(application, proxies)(scope, None, None)  # type: ignore[arg-type]
    return given[0]["client"][0], given[0].get("scheme")


async def test_without_proxies_nothing_is_believed() -> None:
    assert await seen("10.0.0.1", [], **{"for": "1.2.3.4", "proto": "https"}) == ("10.0.0.1", None)


async def test_who_is_not_a_named_proxy_is_not_believed() -> None:
    told = await seen("192.0.2.1", PROXIES, **{"for": "1.2.3.4", "proto": "https"})
    assert told == ("192.0.2.1", None)


async def test_a_proxy_that_is_not_named_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        pass

    forwarded = Forwarded(application, [])
    for headers in ([], [(b"x-forwarded-for", b"1.2.3.4")], [(b"x-forwarded-for", b"1.2.3.4")]):
        scope = {"type": "http", "client": ["192.0.2.1", 1], "headers": headers}
        await forwarded(scope, None, None)  # type: ignore[arg-type]
    (told,) = caplog.records
    assert "TRUSTED_PROXIES peer=192.0.2.1" in told.getMessage()


async def test_a_named_proxy_is_believed() -> None:
    told = await seen("10.0.0.1", PROXIES, **{"for": "1.2.3.4", "proto": "https"})
    assert told == ("1.2.3.4", "https")


async def test_a_socket_behind_tls_is_a_wss() -> None:
    assert await seen("10.0.0.1", PROXIES, "websocket", proto="https") == ("10.0.0.1", "wss")


@pytest.mark.parametrize("proto", ["gopher", "", "https, gopher"])
async def test_a_scheme_that_is_none_is_left_out(proto: str) -> None:
    assert await seen("10.0.0.1", PROXIES, proto=proto) == ("10.0.0.1", None)


async def test_a_connection_without_an_address_is_left_alone() -> None:
    given: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        given.append(scope)

    scope = {"type": "http", "client": None, "headers": [(b"x-forwarded-for", b"1.2.3.4")]}
    await Forwarded(application, PROXIES)(scope, None, None)  # type: ignore[arg-type]
    assert given == [scope]


@pytest.mark.parametrize(
    ("forwarded_for", "client"),
    [
        ("1.2.3.4", "1.2.3.4"),
        ("6.6.6.6, 1.2.3.4", "1.2.3.4"),
        ("6.6.6.6, 1.2.3.4, 10.9.9.9", "1.2.3.4"),
        ("10.1.1.1", "10.1.1.1"),
        ("127.0.0.1, 1.2.3.4", "1.2.3.4"),
        ("::ffff:1.2.3.4", "1.2.3.4"),
        ("2001:db8::1", "2001:db8::1"),
        ("localhost", "10.0.0.1"),
        ("1.2.3.4:80", "10.0.0.1"),
        ("", "10.0.0.1"),
    ],
)
def test_the_client_is_the_last_hop_that_is_no_proxy_of_ours(
    forwarded_for: str, client: str
) -> None:
    assert client_address("10.0.0.1", forwarded_for, networks(PROXIES)) == client


def test_a_proxy_that_is_no_address_stops_the_start() -> None:
    with pytest.raises(BadSetting, match="TRUSTED_PROXIES"):
        networks(["proxy.example"])
