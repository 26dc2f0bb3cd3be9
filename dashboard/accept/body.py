"""The body of a request: read up to its cap, and inflated up to its cap."""

import zlib
from collections.abc import Awaitable, Callable
from typing import Any

import zstandard

from dashboard.accept.headers import NDJSON
from dashboard.accept.limits import MAX_BODY, Place
from dashboard.accept.problems import Problem

Receive = Callable[[], Awaitable[dict[str, Any]]]

_GZIP = 16 + zlib.MAX_WBITS
# The largest window that RFC 8878 asks every decoder to have; more would be the sender's memory.
_ZSTD_WINDOW = 8 * 1024 * 1024


class ClientGone(Exception):
    """The client hung up before its body was whole: there is nobody to answer."""


async def read(receive: Receive, place: Place) -> bytes:
    """Return the body as it was sent, `place` taken for it; raises a 413 once it passes the cap."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > MAX_BODY:
            raise _too_large()
        place.take(len(chunk))
        chunks.append(chunk)
        if not message.get("more_body"):
            return b"".join(chunks)


def is_batch(body: bytes, content_type: str, encoding: str) -> bool:
    """Return whether a body may have more than one event, without reading it."""
    if encoding != "identity":
        return True
    return b"\n" in body.strip() if content_type == NDJSON else body.lstrip()[:1] == b"["


def inflate(body: bytes, encoding: str) -> bytes:
    """Return `body` without its Content-Encoding (identity, gzip, zstd).

    Raises a 413 as soon as it passes the cap, a 400 where it is cut short or not of its encoding.
    """
    if encoding == "gzip":
        return _gunzip(body)
    if encoding == "zstd":
        return _unzstd(body)
    return body


def _gunzip(body: bytes) -> bytes:
    inflater = zlib.decompressobj(_GZIP)
    try:
        plain = inflater.decompress(body, MAX_BODY + 1)
    except zlib.error as error:
        raise Problem(400, "body: expected gzip, as content-encoding says") from error
    if len(plain) > MAX_BODY:
        raise _too_large()
    if not inflater.eof or inflater.unused_data:
        raise Problem(400, "body: expected one whole gzip stream")
    return plain


def _unzstd(body: bytes) -> bytes:
    decompressor = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    try:
        # What decompresses to the end and tells of it has no cap, so one that has looks first.
        if zstandard.frame_content_size(body) > MAX_BODY or _overflows(decompressor, body):
            raise _too_large()
        inflater = decompressor.decompressobj()
        plain = inflater.decompress(body)
    except zstandard.ZstdError as error:
        raise Problem(400, "body: expected zstd, as content-encoding says") from error
    if not inflater.eof or inflater.unused_data:
        raise Problem(400, "body: expected one whole zstd frame")
    return plain


def _overflows(decompressor: zstandard.ZstdDecompressor, body: bytes) -> bool:
    with decompressor.stream_reader(body) as reader:
        return len(reader.read(MAX_BODY + 1)) > MAX_BODY


def _too_large() -> Problem:
    return Problem(413, f"body: expected at most {MAX_BODY} bytes, also when inflated")
