"""A poster's words in their places: what is drawn, before any of it is drawn."""

from collections.abc import Iterator, Mapping

import msgspec

from dashboard.alerts.poster.content import Content, Fact
from dashboard.alerts.poster.fonts import Face
from dashboard.alerts.poster.setting import (
    Ink,
    Piece,
    Slot,
    fitted,
    placed,
    shortened,
    width,
    wrapped,
)
from dashboard.alerts.poster.shapes import Shape
from dashboard.core.figures import Parts

_FIGURES, _WORDS, _LIGHT = Face("figures"), Face("words"), Face("words", 500)
_DIGITS = Face("figures", 500)
# The flood's colour and that of the ink on it, by the tone of what is told.
_FLOODS = {
    "news": ("accent", "on-accent"),
    "alarm": ("warning", "on-warning"),
    "calm": ("rule", "text-1"),
}
# A unit beside its figure, in hundredths of the figure's size.
_UNIT_OF_LARGE, _UNIT_OF_TOTAL, _UNIT_OF_MULTIPLE = 44, 30, 60
_TAIL = 18  # of a word's letters below the line; figures have none
_SMALLEST = 26


class Fill(msgspec.Struct, frozen=True):
    """A rectangle of one colour: left, top, right, bottom."""

    box: tuple[int, int, int, int]
    colour: str


def compose(
    content: Content, shape: Shape, colours: Mapping[str, str]
) -> tuple[list[Fill], list[Ink]]:
    """Return the rectangles and the inks of a poster, in the order of drawing."""
    flood, ink = (colours[name] for name in _FLOODS[content.tone])
    fills = [
        Fill((0, 0, shape.width, shape.height), colours["ground"]),
        Fill((0, shape.edge, shape.width, shape.height), flood),
    ]
    inks = [*_above(content, shape, colours), *_below(content, shape, ink)]
    plate, on_plate = _plate(content, shape, flood, ink)
    return [*fills, *plate], [*inks, *on_plate]


def _above(content: Content, shape: Shape, colours: Mapping[str, str]) -> Iterator[Ink]:
    reading, label, aside = colours["text-1"], colours["text-2"], colours["text-3"]
    yield from _name(content.campaign, shape.campaign, reading, _WORDS)
    yield from _name(content.stamp, shape.stamp, aside, _LIGHT)
    yield from _name(content.total_name, shape.total_name, label, _LIGHT)
    if content.total:
        shown = _parts(content.total, shape.total.size, reading, _UNIT_OF_TOTAL)
        yield from placed(shown, shape.total)
    yield from placed([Piece(content.digits, _DIGITS, shape.digits.size, label)], shape.digits)
    if content.multiple:
        yield from _multiple(content.multiple, shape, colours)


def _multiple(fact: Fact, shape: Shape, colours: Mapping[str, str]) -> Iterator[Ink]:
    parts = Parts("", fact.figure[:-1], fact.figure[-1:])
    row = _parts(parts, shape.multiple.size, colours["accent"], _UNIT_OF_MULTIPLE)
    yield from placed(row, shape.multiple)
    yield from _name(fact.name, shape.multiple_name, colours["text-2"], _LIGHT)
    if shape.multiple_then:
        yield from _name(fact.aside, shape.multiple_then, colours["text-3"], _LIGHT)


def _below(content: Content, shape: Shape, ink: str) -> Iterator[Ink]:
    taken = _plate_width(content, shape) + shape.headline.size // 2 if content.plate else 0
    slot = msgspec.structs.replace(shape.headline, width=shape.headline.width - taken)
    yield from _name(content.headline, slot, ink, _WORDS)
    if isinstance(content.large, Parts):
        yield from placed(_parts(content.large, shape.large.size, ink, _UNIT_OF_LARGE), shape.large)
    else:
        yield from _text(content.large, shape, ink)
    yield from _facts(content, shape, ink)
    yield from _name(content.foot, shape.foot, ink, _LIGHT)


def _facts(content: Content, shape: Shape, ink: str) -> Iterator[Ink]:
    """Yield the facts, their figures all of the size that the longest one has room for."""
    figures = [
        fitted([Piece(fact.figure, _FIGURES, slot.size, ink)], slot.width)[0]
        for fact, (_, slot) in zip(content.facts, shape.facts, strict=False)
    ]
    size = min((piece.size for piece in figures), default=0)
    for fact, piece, (name, slot) in zip(content.facts, figures, shape.facts, strict=False):
        yield from _name(fact.name, name, ink, _LIGHT)
        yield from placed([msgspec.structs.replace(piece, size=size)], slot)


def _parts(parts: Parts, size: int, colour: str, unit_share: int) -> list[Piece]:
    number = Piece(parts.sign + parts.number, _FIGURES, size, colour)
    if parts.unit == "×":
        return [number, Piece(parts.unit, _FIGURES, size, colour)]
    unit = Piece(parts.unit, _FIGURES, size * unit_share // 100, colour, gap=size // 14)
    return [number, unit] if parts.unit else [number]


def _text(text: str, shape: Shape, ink: str) -> Iterator[Ink]:
    """Yield a text in the place of the large figure, its last line where that would stand."""
    slot = shape.large
    piece = Piece(text, _WORDS, slot.size * 60 // 100, ink)
    room = slot.y - shape.headline.y - 40
    lines = wrapped(piece, slot.width, shape.lines)
    while len(lines) * lines[0].size * shape.leading > room * 100:
        piece = msgspec.structs.replace(piece, size=min(piece.size, lines[0].size) * 24 // 25)
        lines = wrapped(piece, slot.width, shape.lines)
    step, tail = lines[0].size * shape.leading // 100, lines[0].size * _TAIL // 100
    for index, line in enumerate(lines):
        y = slot.y - tail - step * (len(lines) - 1 - index)
        yield from placed([line], msgspec.structs.replace(slot, x=shape.headline.x, y=y))


def _name(text: str, slot: Slot, colour: str, face: Face) -> Iterator[Ink]:
    piece = shortened(Piece(text, face, slot.size, colour), slot.width, _SMALLEST)
    return placed([piece], slot)


def _plate(content: Content, shape: Shape, flood: str, ink: str) -> tuple[list[Fill], list[Ink]]:
    """Return the plate that marks a rehearsal, at the end of the headline's row."""
    if not content.plate:
        return [], []
    slot, pad = shape.headline, shape.headline.size // 4
    left = slot.x + slot.width - _plate_width(content, shape)
    box = (left, slot.y - slot.size, slot.x + slot.width, slot.y + pad)
    place = Slot(left + pad, slot.y - pad // 2, slot.width, slot.size)
    return [Fill(box, ink)], list(placed([_plate_piece(content, shape, flood)], place))


def _plate_width(content: Content, shape: Shape) -> int:
    return int(width([_plate_piece(content, shape, "")])) + 2 * (shape.headline.size // 4)


def _plate_piece(content: Content, shape: Shape, colour: str) -> Piece:
    return Piece(content.plate, _WORDS, shape.headline.size * 3 // 4, colour)
