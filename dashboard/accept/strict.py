"""One event, read closely: slower than `decode` reads a whole body, and it says what is wrong."""

import re
from json import JSONDecoder
from typing import Any

import msgspec

from dashboard.accept.faults import NOTHING, Fault, Number, expected, malformed
from dashboard.accept.limits import MAX_DEPTH, MAX_LINE
from dashboard.core.events import Event

_CONTROL = re.compile("[\x00-\x1f]")
_PLACE = re.compile(r"required field `(\w+)`|at `\$\.(\w+)")
_LONGEST_NAME = 64
TOO_DEEP = f"event: expected at most {MAX_DEPTH} levels of nesting"

_decode_event = msgspec.json.Decoder(Event).decode
_check_syntax = msgspec.json.Decoder(msgspec.Raw).decode


class _Refused(Exception):
    """The event cannot be taken; the message begins with the field."""


class _Object(dict[str, Any]):
    """A JSON object that remembers which key came twice."""

    repeated: str | None = None


def read(piece: bytes, index: int) -> Event | Fault:
    """Return the event in `piece`, or what is wrong with it; `index` is its place in the body."""
    value: Any = None
    try:
        value = _parse(piece)
        if flaw := _flaw(value):
            raise _Refused(flaw)
        return _event(piece, value)
    except _Refused as refused:
        return Fault(index, _id(value), str(refused))


def _parse(piece: bytes) -> Any:
    """Return the value with its numbers as they are written; raises `_Refused`."""
    if len(piece) > MAX_LINE:
        raise _Refused(f"event: expected at most {MAX_LINE} bytes, got {len(piece)}")
    try:
        _check_syntax(piece)
        return _parse_json(piece.decode())
    except msgspec.DecodeError as error:
        raise _Refused(malformed("event", piece, error)) from error
    except RecursionError as error:
        raise _Refused(TOO_DEEP) from error


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    value = _Object()
    for name, member in pairs:
        if name in value:
            value.repeated = name
        value[name] = member
    return value


_parse_json = JSONDecoder(object_pairs_hook=_object, parse_int=Number, parse_float=Number).decode


def _flaw(value: Any, depth: int = 1) -> str:
    """Return what is wrong with the shape of a value, empty where nothing is."""
    if not isinstance(value, dict | list):
        return ""
    if depth > MAX_DEPTH:
        return TOO_DEEP
    if isinstance(value, _Object) and (name := value.repeated) is not None:
        plain = name.isidentifier() and len(name) <= _LONGEST_NAME
        return f"{name if plain else 'event'}: expected each key once"
    members = value.values() if isinstance(value, dict) else value
    return next(filter(None, (_flaw(member, depth + 1) for member in members)), "")


def _event(piece: bytes, value: Any) -> Event:
    """Return the event that `piece` holds, `value` being the same decoded; raises `_Refused`."""
    try:
        event = _decode_event(piece)
    except msgspec.ValidationError as error:
        place = _PLACE.search(str(error))
        if not place or not isinstance(value, dict):
            raise _Refused(expected("event", value)) from error
        field = place[1] or place[2]
        raise _Refused(expected(field, value.get(field, NOTHING))) from error
    for field in Event.__struct_fields__:
        text = getattr(event, field)
        if isinstance(text, str) and _CONTROL.search(text):
            raise _Refused(f"{field}: expected no control characters")
    return event


def _id(value: Any) -> str | None:
    """Return the id of a faulty event where it has one that can be told and kept."""
    found = value.get("id") if isinstance(value, dict) else None
    if not isinstance(found, str) or isinstance(found, Number):
        return None
    return found if 0 < len(found) <= 128 and found.isprintable() else None
