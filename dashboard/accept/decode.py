"""From a body to events: the whole body at once where it is faultless, else event by event.

A parser silently keeps the last of repeated keys. To find them the events are written again and the
quotation marks counted: where anything was dropped there are fewer. That is exact, as no escape
that stands for a quotation mark gets so far, and costs a third of a microsecond an event.
"""

import re
from collections.abc import Sequence

import msgspec

from dashboard.accept import strict
from dashboard.accept.faults import Fault, malformed
from dashboard.accept.headers import NDJSON
from dashboard.accept.limits import MAX_EVENTS, MAX_LINE
from dashboard.accept.problems import Problem
from dashboard.core.events import Event

Piece = bytes | msgspec.Raw


class _Event(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """An event that is written again without what its source did not give."""


_decode_event = msgspec.json.Decoder(_Event).decode
_decode_any = msgspec.json.Decoder().decode
_cut_array = msgspec.json.Decoder(list[msgspec.Raw]).decode
_cut_object = msgspec.json.Decoder(msgspec.Raw).decode
_encode = msgspec.json.Encoder().encode

# Escapes of control characters, of quotation marks by number, and of surrogates are looked at one
# by one. Others, such as those of Chinese characters, are harmless.
_SUSPECT = re.compile(rb"\\(?:[bfnrt]|u00[0-2]|u[dD][89a-fA-F])")
# An event of the contract has 14 commas: a body with more than this has too many events, and is
# not worth the memory to count them.
_MOST_COMMAS = 64 * MAX_EVENTS


class Decoded(msgspec.Struct, frozen=True):
    """The events of one body in their order: as they came, and as read or what is wrong."""

    pieces: Sequence[Piece]
    events: Sequence[Event | Fault]


def decode(body: bytes, content_type: str) -> Decoded:
    """Return the events of a body: one, an array, or one a line.

    Raises a 400 where the body as a whole cannot be read, a 413 where it has too many events.
    """
    _check_text(body)
    pieces = _lines(body) if content_type == NDJSON else _elements(body)
    if len(pieces) > MAX_EVENTS:
        raise _too_many()
    if not pieces:
        raise Problem(400, "body: expected at least one event")
    return Decoded(pieces, _at_once(body, pieces) or _one_by_one(pieces))


def _check_text(body: bytes) -> None:
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


def _at_once(body: bytes, pieces: Sequence[Piece]) -> Sequence[Event] | None:
    """Return all events, or None where at least one needs a closer look."""
    if _SUSPECT.search(body) or max(map(len, pieces)) > MAX_LINE:
        return None
    try:
        events = [_decode_event(piece) for piece in pieces]
        quotes = body.count(b'"')
        if _encode(events).count(b'"') == quotes:
            return events
        # Unknown fields and nulls were dropped: look whether anything else was.
        again = _encode([_decode_any(piece) for piece in pieces])
    except (msgspec.MsgspecError, RecursionError):
        return None
    nested = again.count(b"{") + again.count(b"[") > len(pieces) + 1
    repeated = again.count(b'"') < quotes
    return None if nested or repeated else events


def _one_by_one(pieces: Sequence[Piece]) -> list[Event | Fault]:
    read: list[Event | Fault] = []
    for index, piece in enumerate(pieces):
        text = bytes(piece)
        read += _at_once(text, [text]) or [strict.read(text, index)]
    return read
