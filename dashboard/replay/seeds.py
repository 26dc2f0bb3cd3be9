"""The files below `seeds/`: what is published, the shapes between it, labels and demo campaigns."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

_FOLDER = Path(__file__).resolve().parents[2] / "seeds"
_SLUG_PREFIX = "double11-"

# [offset "HH:MM:SS", value], ascending.
Knots = Sequence[tuple[str, float]]
SiteWord = Literal["normal", "queueing", "diverting", "recovered"]


class UnknownCurve(Exception):
    """No year is published under this name; the message lists those that are."""


class Point(msgspec.Struct, frozen=True):
    """A published running total; confidence A is the best."""

    year: int
    offset_seconds: int
    gmv_yuan: int
    confidence: Literal["A", "B", "C"]
    basis: str
    sources: list[str]


class YearSeed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known, or made up, of one year beside its points; see `seeds/curves.toml`.

    Visits default to those of 2012.
    """

    shape: str
    read_as: dict[str, str] = {}
    tmall_yuan: int | None = None
    visits_first_minute: int = 10_000_000
    visits_day: int = 213_000_000
    queue: Knots = ()
    failures: Knots = (("00:00:00", 4), ("24:00:00", 4))
    site: Sequence[tuple[str, SiteWord]] = ()


class Key(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One key of a breakdown: its names, and its share of the turnover, a relative weight."""

    key: str
    en: str
    zh: str
    share: int = 0
    share_before: int = 0
    order_yuan: int = 0


class DemoSeed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The demo campaign of one year; `before` is the year it is compared with."""

    name: str
    name_zh: str
    basis: str
    basis_zh: str
    milestones_million_yuan: list[int]
    before: int | None = None


class DemoRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A milestone that is no amount of the turnover; `million_yuan` of one that has an amount."""

    key: str
    kind: str
    of: str = ""
    dimension: str = ""
    million_yuan: int = 0


class DemoFeed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A feed that is a dry run; its token opens nothing."""

    name: str
    service: str
    lang: Literal["en", "zh-hans"]
    approval: Literal["ask", "auto"]
    account: dict[str, str]


class _Published(msgspec.Struct):
    about: str
    points: list[Point]


class _Curves(msgspec.Struct, forbid_unknown_fields=True):
    shapes: dict[str, Knots]
    year: dict[str, YearSeed]


class _Demos(msgspec.Struct, forbid_unknown_fields=True):
    year: dict[str, DemoSeed]
    rule: list[DemoRule]
    feed: list[DemoFeed]


def seconds(offset: str) -> int:
    """Return an offset "HH:MM:SS" in seconds."""
    hours, minutes, rest = offset.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(rest)


def curve_names() -> list[str]:
    """Return the years that can be replayed, ascending."""
    return sorted(_curves().year)


def year_of(name: str) -> str:
    """Return the year that a curve's name means: "2012", or "double11-2012".

    Raises `UnknownCurve`.
    """
    year = name.removeprefix(_SLUG_PREFIX)
    if year not in _curves().year:
        raise UnknownCurve(f"curve: expected one of {', '.join(curve_names())}, got {name!r}")
    return year


def slug_of(year: str) -> str:
    """Return the slug of a year's demo campaign."""
    return _SLUG_PREFIX + year


def points(year: str) -> list[Point]:
    """Return what is published of a year, in its order of time."""
    found = [point for point in _published().points if str(point.year) == year]
    return sorted(found, key=lambda point: point.offset_seconds)


def year_seed(year: str) -> YearSeed:
    """Return what else is known of a year."""
    return _curves().year[year]


def shape(name: str) -> Knots:
    """Return a shape by its name."""
    return _curves().shapes[name]


def demo(year: str) -> DemoSeed:
    """Return the demo campaign of a year."""
    return _demos().year[year]


def demo_feeds() -> list[DemoFeed]:
    """Return the feeds of the demo campaigns, dry runs all."""
    return _demos().feed


def demo_rules() -> list[DemoRule]:
    """Return what the demo campaigns of all years tell beside amounts of the turnover."""
    return _demos().rule


@cache
def labels() -> dict[str, list[Key]]:
    """Return the keys of each breakdown."""
    return msgspec.toml.decode(_read("labels.toml"), type=dict[str, list[Key]])


@cache
def _published() -> _Published:
    return msgspec.json.decode(_read("double11-published.json"), type=_Published)


@cache
def _curves() -> _Curves:
    return msgspec.toml.decode(_read("curves.toml"), type=_Curves)


@cache
def _demos() -> _Demos:
    return msgspec.toml.decode(_read("demo.toml"), type=_Demos)


def _read(name: str) -> bytes:
    return (_FOLDER / name).read_bytes()
