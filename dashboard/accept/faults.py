"""What is wrong with an event, in words: `amount: expected an integer from 0 to …, got true`."""

import re
from typing import Any, get_args

import msgspec

from dashboard.core.events import EventType
from dashboard.core.money import MAX_AMOUNT

_ID = "a string of 1 to 128 characters"
_LABEL = "a string of at most 64 characters"

EXPECTED = {
    "id": _ID,
    "type": "one of " + ", ".join(get_args(EventType)),
    "occurred_at": "an RFC 3339 instant with an offset, such as 2012-11-11T00:00:00+08:00",
    "amount": f"an integer from 0 to {MAX_AMOUNT}",
    "currency": "three capital letters, such as CNY",
    "count": "an integer from 1 to 1000000000",
    "order_id": _ID,
    "buyer": _ID,
    "platform": _LABEL,
    "category": _LABEL,
    "region": _LABEL,
    "channel": _LABEL,
    "merchant": _LABEL,
    "name": "a string of 1 to 64 characters",
    "value": f"an integer from -{MAX_AMOUNT} to {MAX_AMOUNT}",
}
# What these hold may be told back, and kept as a reason; a buyer, or what people type, is not.
_TOLD_BACK = frozenset({"type", "occurred_at", "currency", "amount", "count", "value"})
_LONGEST_TOLD = 40
NOTHING = object()


class Number(str):
    """A JSON number as it is written: one of 5,000 digits is described, never converted."""

    __slots__ = ()


class Fault(msgspec.Struct, frozen=True):
    """One event that is not counted: its place in the body, its id where it has one, and why."""

    index: int
    id: str | None
    error: str


def expected(field: str, got: Any) -> str:
    """Return that `field` should be what the contract says, and is `got`, a decoded value."""
    return f"{field}: expected {EXPECTED.get(field, 'an object')}, got {described(field, got)}"


def described(field: str, value: Any) -> str:
    """Return what a decoded value is; its text only where that may be told back."""
    match value:
        case _ if value is NOTHING:
            return "nothing"
        case None | True | False:
            return {None: "null", True: "true", False: "false"}[value]
        case Number():
            return _number(field, value)
        case str():
            return _text(field, value)
        case _:
            return "an array" if isinstance(value, list) else "an object"


def _number(field: str, value: str) -> str:
    if field not in _TOLD_BACK:
        return "a number"
    return value if len(value) <= _LONGEST_TOLD else f"a number of {len(value)} characters"


def _text(field: str, value: str) -> str:
    if "string" in EXPECTED.get(field, ""):
        return f"a string of {len(value)} characters"
    told = field in _TOLD_BACK and len(value) <= _LONGEST_TOLD and value.isprintable()
    return f'"{value}"' if told else "a string"


_BYTE = re.compile(r"\(byte (\d+)\)")
_FIELD = re.compile(rb'"([^"\\]{1,64})"\s*:\s*')
_TOKEN = re.compile(rb"[-+.\w]{1,40}")
# msgspec takes one for the end of the text.
_LONE_SURROGATE = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])")
_WINDOW = 16 * 1024


def malformed(whole: str, text: bytes, error: msgspec.DecodeError) -> str:
    """Return why JSON cannot be read; `whole` is what `text` is, named where no field can be."""
    at, why = _place(text, str(error))
    # Of the fields named in the text, the last one before the place is the one that is wrong.
    names = list(_FIELD.finditer(text, max(0, at - _WINDOW), at))
    if not names or (field := names[-1][1].decode(errors="replace")) not in EXPECTED:
        return f"{whole}: malformed JSON at byte {at}: {why}"
    token = _TOKEN.match(text, names[-1].end())
    if field in _TOLD_BACK and token and token.start() <= at < token.end():
        return f"{field}: expected {EXPECTED[field]}, got {token[0].decode()}"
    return f"{field}: malformed JSON at byte {at}: {why}"


def _place(text: bytes, error: str) -> tuple[int, str]:
    """Return at which byte msgspec stopped, and why."""
    if place := _BYTE.search(error):
        return int(place[1]), error.partition(" (")[0].removeprefix("JSON is malformed: ")
    if lone := _LONE_SURROGATE.search(text):
        return lone.start(), "half of a surrogate pair"
    return len(text), "unexpected end"
