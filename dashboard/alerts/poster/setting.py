"""Type setting: pieces of text in a row, measured, made to fit, and put in their place."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from dashboard.alerts.poster.fonts import Face, Weight, loaded, runs
from dashboard.core.wholes import pieces

_ELLIPSIS = "…"
_NEVER_FIRST = "，。、；：！？）”’》」』】…"


class Piece(msgspec.Struct, frozen=True):
    """A text in one size, pixels an em; `gap` pixels stand before it."""

    text: str
    face: Face
    size: int
    colour: str
    gap: int = 0


class Ink(msgspec.Struct, frozen=True):
    """A stretch of text in its place: from `x` on, its baseline at `y`."""

    text: str
    path: Path
    size: int
    weight: Weight
    colour: str
    x: float
    y: int


class Slot(msgspec.Struct, frozen=True):
    """A place for one row: from `x` on (or up to it, if `right`), its baseline at `y`."""

    x: int
    y: int
    width: int
    size: int
    right: bool = False


def width(row: Sequence[Piece]) -> float:
    """Return how wide a row is, its first gap left out."""
    return sum(_advance(piece) + piece.gap for piece in row) - (row[0].gap if row else 0)


def fitted(row: Sequence[Piece], room: int) -> list[Piece]:
    """Return a row that is no wider than `room`, all of it set smaller in proportion."""
    found = list(row)
    while (wide := width(found)) > room:
        found = [_smaller(piece, min(room / wide, 0.99)) for piece in found]
    return found


def shortened(piece: Piece, room: float, smallest: int) -> Piece:
    """Return a piece set smaller, to `smallest` pixels, and then cut with "…" to fit."""
    size = max(smallest, int(piece.size * min(1.0, room / max(1.0, width([piece])))))
    piece = msgspec.structs.replace(piece, size=size)
    parts = pieces(piece.text)
    while width([piece]) > room and parts:
        parts.pop()
        kept = "".join(parts).rstrip() + _ELLIPSIS
        piece = msgspec.structs.replace(piece, text=kept if parts else "")
    return piece


def wrapped(piece: Piece, room: int, most: int) -> list[Piece]:
    """Return a text on at most `most` lines, as large as that allows."""
    while True:
        lines = list(_lines(piece, room))
        too_wide = any(width([line]) > room for line in lines)
        if (len(lines) <= most and not too_wide) or piece.size <= 1:
            return lines
        piece = msgspec.structs.replace(piece, size=max(1, piece.size * 24 // 25))


def placed(row: Sequence[Piece], slot: Slot) -> Iterator[Ink]:
    """Yield a row's inks in its slot, fitted to it."""
    row = fitted(row, slot.width)
    x = slot.x - (width(row) if slot.right else 0.0)
    for index, piece in enumerate(row):
        x += piece.gap if index else 0
        for text, path, advance in _stretches(piece):
            yield Ink(
                text, path, piece.size, piece.face.weight, piece.colour, *_at(x, advance, slot)
            )
            x += advance[1]


def _at(x: float, advance: tuple[float, float], slot: Slot) -> tuple[float, int]:
    return x + advance[0], slot.y


def _advance(piece: Piece) -> float:
    return sum(advance for _, _, (_, advance) in _stretches(piece))


def _stretches(piece: Piece) -> Iterator[tuple[str, Path, tuple[float, float]]]:
    """Yield stretches of text with where in their room they begin, and how wide that is.

    Large figures are of one width, as on the wall: each in the middle of the room of a nought.
    """
    for text, path in runs(piece.text, piece.face):
        font = loaded(path, piece.size, piece.face.weight)
        even = piece.face.family == "figures"
        for part in _figures_apart(text) if even else (text,):
            own = font.getlength(part)
            room = font.getlength("0") if even and part.isdigit() else own
            yield part, path, ((room - own) / 2, room)


def _unbroken(text: str) -> list[str]:
    """Return a text in the pieces that lines may begin with: no comma, no closing mark."""
    found: list[str] = []
    for part in pieces(text):
        if found and part[0] in _NEVER_FIRST:
            found[-1] += part
        else:
            found.append(part)
    return found


def _figures_apart(text: str) -> Iterator[str]:
    rest = ""
    for char in text:
        if char.isdigit():
            if rest:
                yield rest
            yield char
            rest = ""
        else:
            rest += char
    if rest:
        yield rest


def _smaller(piece: Piece, share: float) -> Piece:
    size, gap = max(1, int(piece.size * share)), int(piece.gap * share)
    return msgspec.structs.replace(piece, size=size, gap=gap)


def _lines(piece: Piece, room: int) -> Iterator[Piece]:
    line = ""
    for part in _unbroken(piece.text):
        longer = msgspec.structs.replace(piece, text=(line + part).rstrip())
        if line.strip() and width([longer]) > room:
            yield msgspec.structs.replace(piece, text=line.strip())
            line = part.lstrip()
        else:
            line += part
    yield msgspec.structs.replace(piece, text=line.strip())
