"""From a body to events: the whole body at once where it is faultless, else event by event."""

from collections.abc import Sequence
from functools import cached_property

import msgspec

from dashboard.accept import at_once, strict
from dashboard.accept.faults import Fault, malformed
from dashboard.accept.headers import NDJSON
from dashboard.accept.limits import MAX_EVENTS
from dashboard.accept.problems import Problem
from dashboard.core.events import Event

Piece = bytes | msgspec.Raw


_cut_array = msgspec.json.Decoder(list[msgspec.Raw]).decode
_cut_object = msgspec.json.Decoder(msgspec.Raw).decode

# An event of the contract has 14 commas: a body with more than this has too many events, and is
# not worth the memory to count them.
_MOST_COMMAS = 64 * MAX_EVENTS


class Decoded:
    """The events of one body in their order: as read or what is wrong, and as they came."""

    def __init__(self, body: bytes, content_type: str, events: Sequence[Event | Fault]) -> None:
        self.events = events
        self._body, self._content_type = body, content_type

    @cached_property
    def pieces(self) -> Sequence[Piece]:
        """Each event's own part of the body, in their order; cut only where somebody asks."""
        return _cut(self._body, self._content_type)


def decode(body: bytes, content_type: str) -> Decoded:
    """Return the events of a body: one, an array, or one a line.

    Raises a 400 where the body as a whole cannot be read, a 413 where it has too many events.
    """
    faultless = decode_faultless(body, content_type)
    if faultless:
        return faultless
    pieces = _cut(body, content_type)
    if len(pieces) > MAX_EVENTS:
        raise _too_many()
    if not pieces:
        raise Problem(400, "body: expected at least one event")
    return Decoded(body, content_type, _one_by_one(pieces))


def decode_faultless(body: bytes, content_type: str) -> Decoded | None:
    """Return the events of a body as `decode` does, quickly, or None where it needs a closer look.

    Raises a 400 where the body is no UTF-8.
    """
    check_text(body)
    events = at_once.at_once(body, content_type)
    return Decoded(body, content_type, events) if events else None


def _cut(body: bytes, content_type: str) -> Sequence[Piece]:
    return _lines(body) if content_type == NDJSON else _elements(body)


def check_text(body: bytes) -> None:
    """Raise a 400 where a body is no UTF-8, or has what is not to be in one."""
    if body.startswith(b"\xef\xbb\xbf"):
        raise Problem(400, "body: expected UTF-8 without a byte order mark")
    if b"\0" in body:
        raise Problem(400, "body: expected UTF-8 without NUL bytes")
    try:
        body.decode()
    except UnicodeDecodeError as error:
        raise Problem(400, f"body: expected UTF-8, got another byte at {error.start}") from error


def _lines(body: bytes) -> list[bytes]:
    if body.count(b"\n") > 2 * MAX_EVENTS:  # empty lines are left out, but not without end
        raise _too_many()
    return [line for line in body.split(b"\n") if line.strip()]


def _elements(body: bytes) -> list[msgspec.Raw]:
    """Return the events of a JSON document, not yet read."""
    if body.count(b",") > _MOST_COMMAS:
        raise _too_many()
    try:
        return [_cut_object(body)] if body.lstrip()[:1] == b"{" else _cut_array(body)
    except msgspec.ValidationError as error:
        raise Problem(400, "body: expected an event, or an array of events") from error
    except msgspec.DecodeError as error:
        raise Problem(400, malformed("body", body, error)) from error
    except RecursionError as error:
        raise Problem(400, strict.TOO_DEEP) from error


def _too_many() -> Problem:
    return Problem(413, f"body: expected at most {MAX_EVENTS} events")


def _one_by_one(pieces: Sequence[Piece]) -> list[Event | Fault]:
    read: list[Event | Fault] = []
    for index, piece in enumerate(pieces):
        text = bytes(piece)
        read += at_once.one(text) or [strict.read(text, index)]
    return read
