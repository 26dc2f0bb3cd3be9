"""Whose an address is: limits count what one customer has, not each of his addresses."""

from ipaddress import IPv6Address, ip_address, ip_network


def network(address: str, ipv4: int = 32, ipv6: int = 64) -> str:
    """Return the network of an address, so many bits long: what one customer has, or a larger one.

    IPv4 in IPv6's clothes, as a dual-stack socket has it, is IPv4. What is no address is its own.
    """
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    known = getattr(known, "ipv4_mapped", None) or known
    bits = ipv6 if isinstance(known, IPv6Address) else ipv4
    return str(ip_network((known, bits), strict=False))
