"""A whole body read in one go, where nothing in it needs a closer look: 0.8 microseconds an event.

What is read so is what `strict` would read, event by event; wherever that is not plain to see the
answer is None, and somebody looks closely. A parser silently keeps the last of repeated keys: to
find them the events are written again and the quotation marks counted. Where anything was dropped
there are fewer. That is exact, as no escape that stands for a quotation mark gets so far.
"""

import re
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

import msgspec

from dashboard.accept.headers import NDJSON
from dashboard.accept.limits import MAX_EVENTS, MAX_LINE
from dashboard.core.events import Event

T = TypeVar("T", bound=msgspec.Struct)


class _Event(Event, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """An event that is written again without what its source did not give."""


_anything = msgspec.json.Decoder()
_encode = msgspec.json.Encoder().encode

# Escapes of control characters, of quotation marks by number, and of surrogates are looked at one
# by one. Others, such as those of Chinese characters, are harmless.
_SUSPECT = re.compile(rb"\\(?:[bfnrt]|u00[0-2]|u[dD][89a-fA-F])")
_HALF_A_LINE = MAX_LINE // 2


class Reading(Generic[T]):
    """Reads a body's events as structs of one type, which may drop what `is_all_read` finds."""

    def __init__(self, kind: type[T]) -> None:
        self._array = msgspec.json.Decoder(list[kind]).decode  # type: ignore[valid-type]
        self._lines = msgspec.json.Decoder(kind).decode_lines
        self._one = msgspec.json.Decoder(kind).decode

    def __call__(self, body: bytes, content_type: str) -> Sequence[T] | None:
        """Return the events of a body, UTF-8 without NUL; None where it needs a closer look.

        Raises `msgspec.MsgspecError` or `RecursionError` where it needs one, too.
        """
        number = body.count(b"}")  # where that is the number of events, none is in a text
        if not 0 < number <= MAX_EVENTS or (b"\\" in body and _SUSPECT.search(body)):
            return None
        if content_type == NDJSON and not _is_one_a_line(body, number):
            return None
        if len(body) > MAX_LINE and not _are_short(body, b"\n" if content_type == NDJSON else b"}"):
            return None
        events = self._decode(body, content_type)
        return events if len(events) == number else None

    def _decode(self, body: bytes, content_type: str) -> Sequence[T]:
        if content_type == NDJSON:
            return self._lines(body)
        return [self._one(body)] if body.lstrip()[:1] == b"{" else self._array(body)


_read = Reading(_Event)


def at_once(body: bytes, content_type: str) -> Sequence[Event] | None:
    """Return the events of a body, UTF-8 without NUL; None where it needs a closer look."""
    try:
        events = _read(body, content_type)
        if events and is_all_read(body, content_type, _encode(events).count(b'"')):
            return events
    except (msgspec.MsgspecError, RecursionError):
        pass
    return None


def one(piece: bytes) -> Sequence[Event] | None:
    """Return the one event of a piece of a body; None where it needs a closer look."""
    return at_once(piece, "") if piece[:1] == b"{" else None


def _is_one_a_line(body: bytes, number: int) -> bool:
    """Whether each event is alone on a line of its own, without anything around it."""
    lines = number if body.endswith(b"\n") else number - 1
    return body.count(b"}\n{") == number - 1 and body.count(b"\n") == lines


def _are_short(body: bytes, end: bytes) -> bool:
    """Whether surely no event is longer than a line may be: each half of one has seen an end."""
    starts = range(0, len(body) - _HALF_A_LINE + 1, _HALF_A_LINE)
    return all(body.find(end, start, start + _HALF_A_LINE) >= 0 for start in starts)


def is_all_read(body: bytes, content_type: str, kept: int) -> bool:
    """Whether nothing was dropped in reading but unknown fields and nulls.

    `kept` are the quotation marks of what was read, written again. Raises as `Reading` does.
    """
    quotes = body.count(b'"')
    if kept == quotes:
        return True
    read: Any = _anything.decode_lines(body) if content_type == NDJSON else _anything.decode(body)
    again = _encode(read)
    return again.count(b'"') == quotes and again.count(b"[") <= isinstance(read, list)
