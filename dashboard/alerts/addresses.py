"""Where outgoing requests may go (S25): to hosts that were named, at public addresses, by TLS."""

import re
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

from dashboard.alerts.web import Refused

HTTPS = 443
# What a browser takes for an IPv4 address: a last label of digits, or hexadecimal (127.1, 0x7f.1).
_NUMBER = re.compile(r"(?:\d+|0x[0-9a-f]*)", re.IGNORECASE)
# IANA's registry of special addresses: no network there is part of the public internet.
_NOT_PUBLIC = [
    ip_network(one)
    for one in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        # Of IPv6's public part: Teredo and its kin, documentation, 6to4.
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
]
# All that IPv6 gives out. Outside: loopback, mapped, NAT64, link-local, private and multicast.
_IPV6_PUBLIC = ip_network("2000::/3")


def check(url: httpx.URL, allowed: Collection[str]) -> None:
    """Raise `Refused` unless `url` may be asked; `allowed` are hosts, as `name` or `name:port`.

    It has to be https, and to name no user, and no address in whatever form. What is refused is
    not repeated whole: a path may be a secret.
    """
    host, port = url.raw_host.decode("ascii"), url.port or HTTPS
    if url.scheme != "https" or not host:
        raise Refused("address: expected https://host/…")
    if url.userinfo:
        raise Refused("address: expected no user or password in it")
    if ":" in host or _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        raise Refused(f"address: expected the name of a host, got the address {host}")
    if (host if port == HTTPS else f"{host}:{port}") not in allowed:
        raise Refused(f"address: {host} at port {port} is not among FEED_HOSTS")


def public(address: str) -> bool:
    """Tell whether an address, IPv4 or IPv6, is one of the public internet."""
    known: IPv4Address | IPv6Address = ip_address(address)
    if isinstance(known, IPv6Address) and (known.scope_id or known not in _IPV6_PUBLIC):
        return False
    return not any(known in network for network in _NOT_PUBLIC)
