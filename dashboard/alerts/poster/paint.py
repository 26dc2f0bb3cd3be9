"""Painting: the PNG of a story, the same bytes each time."""

import logging
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import msgspec
from PIL import Image, ImageDraw

from dashboard.alerts.poster.colours import colours
from dashboard.alerts.poster.compose import compose
from dashboard.alerts.poster.content import Content, content
from dashboard.alerts.poster.fonts import loaded, unwritable
from dashboard.alerts.poster.shapes import SHAPES
from dashboard.alerts.wording import as_lang
from dashboard.core.scales import Lang
from dashboard.core.story import Story

_log = logging.getLogger(__name__)
_told: set[str] = set()


def draw(story: Story, shape: str, lang: Lang) -> bytes:
    """Return a story's poster as a PNG; `shape` is one of `SHAPES`. Some 0.1 s of CPU."""
    place = SHAPES[shape]
    shown = content(story, lang)
    _tell_of_missing(shown)
    fills, inks = compose(shown, place, colours())
    image = Image.new("RGB", (place.width, place.height))
    pen = ImageDraw.Draw(image)
    for fill in fills:
        left, top, right, bottom = fill.box
        pen.rectangle((left, top, right - 1, bottom - 1), fill=fill.colour)
    for ink in inks:
        font = loaded(ink.path, ink.size, ink.weight)
        pen.text((ink.x, ink.y), ink.text, fill=ink.colour, font=font, anchor="ls")
    return _as_png(image)


def draw_of(told: Mapping[str, Any] | None, shape: str, lang: str) -> bytes | None:
    """Return the poster of a post made of the facts `told`; None where it has none."""
    if told is None or shape not in SHAPES:
        return None
    return draw(msgspec.convert(told, Story), shape, as_lang(lang))


def _tell_of_missing(shown: Content) -> None:
    """Log, once each, the characters of names that no font file has: the picture goes without."""
    missing = unwritable(f"{shown.campaign}{shown.headline}{shown.large}{shown.foot}") - _told
    if missing:
        _told.update(missing)
        _log.warning("poster=incomplete campaign=%r no_font_has=%s", shown.campaign, ascii(missing))


def _as_png(image: Image.Image) -> bytes:
    kept = BytesIO()
    image.save(kept, "PNG", compress_level=6)
    return kept.getvalue()
