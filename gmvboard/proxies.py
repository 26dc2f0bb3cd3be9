"""Who really asks: X-Forwarded-For and -Proto, believed only from the proxies that were named."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from gmvboard.env import BadSetting

log = logging.getLogger(__name__)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_SCHEMES = {"http": {"http": "http", "https": "https"}, "websocket": {"http": "ws", "https": "wss"}}


def networks(names: Iterable[str]) -> list[Network]:
    """Return TRUSTED_PROXIES as networks; raises `BadSetting` for what is no address."""
    try:
        return [ip_network(name, strict=False) for name in names]
    except ValueError as error:
        raise BadSetting(f"TRUSTED_PROXIES: expected addresses or networks: {error}") from error


def address(text: str) -> Address | None:
    """Return an address, IPv4 where it is IPv4 in IPv6's clothes; None where it is none."""
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def client_address(peer: str, forwarded_for: str, trusted: Iterable[Network]) -> str:
    """Return the client's address: the last hop that is not one of our own proxies.

    `forwarded_for` is read from its end, because a client writes at its beginning what it likes.
    """
    nearest = peer
    for hop in reversed(forwarded_for.split(",")):
        known = address(nearest)
        if known is None or not any(known in network for network in trusted):
            break
        if address(hop) is None:
            break
        nearest = str(address(hop))
    return nearest


class Forwarded:
    """ASGI: gives the application the real client and scheme; without proxies, what came."""

    def __init__(self, application: Application, proxies: Iterable[str]) -> None:
        self._application = application
        self._trusted = networks(proxies)
        self._warned = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on the request, its `client` and `scheme` corrected where a trusted proxy spoke."""
        if scope["type"] in _SCHEMES:
            if self._trusted and self._trusts(scope):
                scope = {**scope, **self._corrections(scope)}
            elif not self._warned:
                self._warn(scope)
        await self._application(scope, receive, send)

    def _warn(self, scope: Scope) -> None:
        """Say once that a proxy is not believed: all its clients share one address's limits."""
        if any(name == b"x-forwarded-for" for name, _ in scope["headers"]):
            self._warned = True
            peer = (scope.get("client") or [""])[0]
            log.warning("x-forwarded-for ignored, name the proxy in TRUSTED_PROXIES peer=%s", peer)

    def _trusts(self, scope: Scope) -> bool:
        peer = address((scope.get("client") or [""])[0])
        return peer is not None and any(peer in network for network in self._trusted)

    def _corrections(self, scope: Scope) -> Mapping[str, Any]:
        said = {
            name: b",".join(value for key, value in scope["headers"] if key == name).decode(
                "latin1"
            )
            for name in (b"x-forwarded-for", b"x-forwarded-proto")
        }
        peer, port = scope["client"]
        client = client_address(peer, said[b"x-forwarded-for"], self._trusted)
        fixed: dict[str, Any] = {"client": [client, port if client == peer else 0]}
        proto = said[b"x-forwarded-proto"].rpartition(",")[2].strip().lower()
        if proto in _SCHEMES[scope["type"]]:
            fixed["scheme"] = _SCHEMES[scope["type"]][proto]
        return fixed
