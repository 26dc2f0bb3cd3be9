"""Who may see a campaign's figures, and whether a request comes from a page of our own."""

from collections.abc import Iterable
from hmac import compare_digest
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}
Origin = tuple[str, str, int]


def bearer(authorization: str) -> str:
    """Return the token of an `Authorization: Bearer …` header; "" where it is no such header."""
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def may_see(visibility: str, token_hash: str, bearer_hash: str, staff: bool) -> bool:
    """Return whether a caller may see a campaign: public, by its read token, or as staff.

    The hashes are SHA-256 in hex; an empty one opens nothing.
    """
    if visibility == "public" or staff:
        return True
    return (
        visibility == "token"
        and bool(token_hash)
        and compare_digest(token_hash.encode(), bearer_hash.encode())
    )


def wall_cookie(slug: str, https: bool) -> str:
    """Return the name of the cookie that holds the token of a paired wall, one a campaign.

    Its path is `/`: page, figures and socket of a wall have no longer one in common. Under HTTPS
    its prefix keeps other hosts of the domain from planting a token of theirs.
    """
    return f"{'__Host-' if https else ''}gmv_wall_{slug}"


def same_origin(origin: str, scheme: str, host: str, trusted: Iterable[str]) -> bool:
    """Return whether an `Origin` header is exactly that of our own pages, or one of `trusted`.

    Exactly: scheme, host and port (hazard H21); a missing one and `null` are not. `scheme` is http
    or https and `host` the Host header's value.
    """
    given = _origin(origin)
    return given is not None and given in map(_origin, (f"{scheme}://{host}", *trusted))


def _origin(text: str) -> Origin | None:
    try:
        parts = urlsplit(text)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    bare = text.lower() == f"{parts.scheme}://{parts.netloc}".lower()
    if not bare or not parts.hostname or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname, port
