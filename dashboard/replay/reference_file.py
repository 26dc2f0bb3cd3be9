"""Reading another year from a file: its minutes, or only its total.

Either rows `minute,gross`, or one whole number, the total. A minute is an offset from the start,
"HH:MM" or in minutes, or an RFC 3339 instant of that year; gross is in minor units. A first line of
column names may stand before them.
"""

import csv
import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from dashboard.core.money import MAX_TOTAL

_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])")
_WHOLE = re.compile(r"[0-9]{1,16}")


class BadReference(Exception):
    """A file that is not another year; the message names line and field, and what was expected."""


class Figures(msgspec.Struct, frozen=True):
    """Another year: gross of each minute from the start, minor units; empty if only the total."""

    total: int
    minutes: list[int]


def read(text: str, start: datetime, zone: str, window_minutes: int) -> Figures:
    """Return the year in a file's text.

    `start` is the campaign's own, in `zone`: instants of another year count from the same day and
    time of that year. `window_minutes` is how long a campaign lasts. Raises `BadReference`.
    """
    rows = [
        (number, [cell.strip() for cell in row])
        for number, row in enumerate(csv.reader(text.splitlines()), 1)
        if any(cell.strip() for cell in row)
    ]
    if rows and rows[0][1][-1].lower() in ("gross", "total"):
        del rows[0]
    if not rows:
        raise BadReference("line 1: expected rows of minute,gross or one total, got nothing")
    if len(rows) == 1 and len(rows[0][1]) == 1:
        return Figures(_gross("total", *rows[0]), [])
    minutes = _minutes(rows, _Offsets(start.astimezone(ZoneInfo(zone)), window_minutes))
    return Figures(sum(minutes), minutes)


def _minutes(rows: Sequence[tuple[int, list[str]]], offsets: "_Offsets") -> list[int]:
    found: dict[int, int] = {}
    for number, row in rows:
        if len(row) != 2:
            raise BadReference(f"line {number}: expected minute,gross, got {len(row)} cells")
        minute = offsets.read(number, row[0])
        if minute in found:
            raise BadReference(f"line {number}: minute: {row[0]} stands twice")
        found[minute] = _gross("gross", number, row[1:])
    return [found.get(minute, 0) for minute in range(max(found) + 1)]


def _gross(field: str, number: int, row: list[str]) -> int:
    if not _WHOLE.fullmatch(row[0]) or int(row[0]) > MAX_TOTAL:
        raise BadReference(
            f"line {number}: {field}: expected a whole number of minor units"
            f" from 0 to {MAX_TOTAL}, got {row[0]!r}"
        )
    return int(row[0])


class _Offsets:
    """Reads minutes; remembers when the other year began."""

    def __init__(self, start: datetime, window_minutes: int) -> None:
        self._start, self._window_minutes = start, window_minutes
        self._began: datetime | None = None

    def read(self, number: int, text: str) -> int:
        """Return the offset that the minute of line `number` means."""
        offset = self._offset(text)
        if offset is None or not 0 <= offset < self._window_minutes:
            raise BadReference(
                f"line {number}: minute: expected HH:MM or minutes since the start, under"
                f" {self._window_minutes} minutes, or an RFC 3339 instant, got {text!r}"
            )
        return offset

    def _offset(self, text: str) -> int | None:
        if clock := _CLOCK.fullmatch(text):
            return int(clock[1]) * 60 + int(clock[2])
        if _WHOLE.fullmatch(text):
            return int(text)
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
        return self._since(moment) if moment.tzinfo else None

    def _since(self, moment: datetime) -> int | None:
        if self._began is None:
            self._began = self._beginning(moment)
        seconds = (moment - self._began).total_seconds()
        return None if seconds % 60 else int(seconds) // 60

    def _beginning(self, first: datetime) -> datetime:
        """Return the last return of the campaign's own day and time before the first instant."""
        year = first.astimezone(self._start.tzinfo).year
        began = self._start.replace(year=year)
        return began if began <= first else self._start.replace(year=year - 1)
