"""Headers of a request, each read strictly: given twice, or not ASCII, is an error."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.http.request import split_domain_port, validate_host

from dashboard.accept.limits import MAX_BODY
from dashboard.accept.problems import Problem

JSON = "application/json"
NDJSON = "application/x-ndjson"
ENCODINGS = ("identity", "gzip", "zstd")

# Two of one of these, and two programs on the way could each believe another.
_ONCE = frozenset(
    {
        b"host",
        b"authorization",
        b"content-length",
        b"content-type",
        b"content-encoding",
        b"transfer-encoding",
        b"webhook-id",
        b"webhook-timestamp",
        b"webhook-signature",
    }
)


class Headers:
    """The headers of one request by lower-case name."""

    def __init__(self, pairs: Iterable[tuple[bytes, bytes]]) -> None:
        """Read `pairs` as ASGI gives them; raises a 400 where one that counts comes twice."""
        self._values: dict[bytes, bytes] = {}
        for name, value in pairs:
            lower = name.lower()
            if lower in self._values and lower in _ONCE:
                raise Problem(400, f"{lower.decode()}: expected once, got twice")
            self._values[lower] = value
        if b"transfer-encoding" in self._values and b"content-length" in self._values:
            raise Problem(400, "content-length: expected none beside transfer-encoding")

    def raw(self, name: str) -> bytes | None:
        """Return a header's bytes, None where it is absent."""
        return self._values.get(name.encode())

    def text(self, name: str) -> str:
        """Return a header, empty where it is absent; what is not ASCII is replaced by `�`."""
        return self._values.get(name.encode(), b"").decode("ascii", "replace").strip()


def check_host(headers: Headers, allowed: Sequence[str]) -> None:
    """Raise a 400 where the Host header is not one of `allowed`, by Django's own rules."""
    if not _is_ours(headers.text("host"), tuple(allowed)):
        raise Problem(400, "host: expected a name that this server answers to")


@lru_cache(maxsize=256)
def _is_ours(host: str, allowed: tuple[str, ...]) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, allowed)


def content_type(headers: Headers) -> str:
    """Return `JSON` or `NDJSON`; raises a 415 for everything else."""
    return _kind(headers.text("content-type"))


@lru_cache(maxsize=256)
def _kind(text: str) -> str:
    kind, *parameters = (part.strip().lower() for part in text.split(";"))
    charsets = [
        one.partition("=")[2].strip('"') for one in parameters if one.startswith("charset=")
    ]
    if kind not in {JSON, NDJSON}:
        raise Problem(415, f"content-type: expected {JSON} or {NDJSON}")
    if any(charset not in {"utf-8", "utf8"} for charset in charsets):
        raise Problem(415, "content-type: expected charset utf-8")
    return kind


def content_encoding(headers: Headers) -> str:
    """Return one of `ENCODINGS`; raises a 415 for everything else."""
    encoding = headers.text("content-encoding").lower() or "identity"
    if encoding not in ENCODINGS:
        raise Problem(415, f"content-encoding: expected one of {', '.join(ENCODINGS)}")
    return encoding


def check_length(headers: Headers) -> None:
    """Raise a 400 for a Content-Length that is no number, a 413 for one above the cap."""
    declared = headers.text("content-length")
    if not declared:
        return
    if not declared.isascii() or not declared.isdigit():
        raise Problem(400, "content-length: expected a number")
    if len(declared) > len(str(MAX_BODY)) or int(declared) > MAX_BODY:
        raise Problem(413, f"body: expected at most {MAX_BODY} bytes, got {declared[:20]}")


def is_declared_within(headers: Headers, most: int) -> bool:
    """Return whether the body is declared to have at most so many bytes."""
    declared = headers.raw("content-length") or b""
    return declared.isdigit() and len(declared) <= len(str(most)) and int(declared) <= most


def is_signed(headers: Headers) -> bool:
    """Return whether a request rests on a signature, valid or not, and on no key."""
    return headers.raw("authorization") is None and headers.raw("webhook-signature") is not None
