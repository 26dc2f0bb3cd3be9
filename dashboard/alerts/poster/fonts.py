"""The wall's own fonts, found as a browser finds them: by family, weight and unicode-range.

Noto Sans SC lies in some hundred slices. The style sheets say which file has a character, so that
screens and posters are set in the same ones; a character that no file has is left out.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Literal

import msgspec
from django.conf import settings
from PIL import ImageFont

Family = Literal["figures", "words"]
Weight = Literal[500, 600]
_SHEETS = ("fonts.css", "noto-sans-sc.css")
_STACKS: dict[Family, tuple[str, ...]] = {
    "figures": ("Barlow Condensed", "Barlow Semi Condensed"),
    "words": ("Barlow Semi Condensed",),
}
_CHINESE = ("Noto Sans SC Interface", "Noto Sans SC")
_FACE = re.compile(r"@font-face\s*\{(.*?)\}", re.DOTALL)
# Of a face without a range: Latin 1 and the marks of general punctuation that Barlow has.
_LATIN = "U+0020-007E,U+00A0-00FF,U+2013-2014,U+2018-201E,U+2022,U+2026,U+2039-203A,U+20AC,U+2212"


class Face(msgspec.Struct, frozen=True):
    """How a text is set: the family and the weight."""

    family: Family
    weight: Weight = 600


class _File(msgspec.Struct, frozen=True):
    family: str
    lightest: int
    boldest: int
    ranges: tuple[tuple[int, int], ...]
    path: Path


def runs(text: str, face: Face) -> Iterator[tuple[str, Path]]:
    """Yield a text's stretches, each with the file it is set in; what no file has is left out."""
    found = ((char, file_of(char, face)) for char in text)
    for path, chars in groupby(found, key=lambda pair: pair[1]):
        if path:
            yield "".join(char for char, _ in chars), path


def unwritable(text: str) -> set[str]:
    """Return the characters of a text that are in no file."""
    return {char for char in text if file_of(char, Face("words")) is None}


@lru_cache(maxsize=4096)
def file_of(char: str, face: Face) -> Path | None:
    """Return the file that has a character; None: there is none."""
    code = ord(char)
    for family in (*_STACKS[face.family], *_CHINESE):
        for file in _files():
            fitting = file.family == family and file.lightest <= face.weight <= file.boldest
            if fitting and any(first <= code <= last for first, last in file.ranges):
                return file.path
    return None


@lru_cache(maxsize=256)
def loaded(path: Path, size: int, weight: Weight) -> ImageFont.FreeTypeFont:
    """Return a file ready to draw with, `size` pixels an em.

    The basic layout is the same on every machine; the other depends on what else is installed.
    """
    font = ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
    if "-wght-" in path.name:
        font.set_variation_by_axes([weight])
    return font


@cache
def _files() -> tuple[_File, ...]:
    css = Path(settings.BASE_DIR) / "static" / "css"
    return tuple(
        _file(block, css)
        for sheet in _SHEETS
        for block in _FACE.findall((css / sheet).read_text(encoding="utf-8"))
    )


def _file(block: str, css: Path) -> _File:
    said = dict(re.findall(r"([a-z-]+)\s*:\s*([^;]+?)\s*(?:;|$)", block))
    weights = [int(weight) for weight in said["font-weight"].split()]
    address = re.search(r'url\("([^"]+)"\)', said["src"])
    if address is None:
        raise ValueError(f"{said['font-family']}: expected src to name a file")
    return _File(
        family=said["font-family"].strip('"'),
        lightest=weights[0],
        boldest=weights[-1],
        ranges=tuple(_range(part) for part in said.get("unicode-range", _LATIN).split(",")),
        path=(css / address[1]).resolve(),
    )


def _range(part: str) -> tuple[int, int]:
    first, _, last = part.strip()[2:].partition("-")
    return int(first, 16), int(last or first, 16)
