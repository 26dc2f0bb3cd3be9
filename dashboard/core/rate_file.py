"""Reading rates of exchange from CSV: rows of currency, from, rate.

`from` is an RFC 3339 instant with an offset, or a date: its midnight in the campaign's zone. A
first line of column names may stand before the rows.
"""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import msgspec

from dashboard.core import rates
from dashboard.core.money import EXPONENTS


class BadRates(Exception):
    """A file that is not rates; the message names line and field, and what was expected."""


class Row(msgspec.Struct, frozen=True):
    """One rate: units of the campaign's currency for one unit of `currency`, from `since` on."""

    currency: str
    since: datetime
    rate: str


def read(text: str, into: str, zone: str) -> list[Row]:
    """Return the rows of a file; `into` and `zone` are the campaign's. Raises `BadRates`."""
    found: dict[tuple[str, datetime], Row] = {}
    for number, cells in _lines(text):
        if len(cells) != 3:
            raise BadRates(f"line {number}: expected currency,from,rate, got {len(cells)} cells")
        try:
            row = Row(_currency(cells[0], into), _since(cells[1], zone), _rate(cells[2]))
        except ValueError as error:
            raise BadRates(f"line {number}: {error}") from error
        if (row.currency, row.since) in found:
            raise BadRates(f"line {number}: from: {row.currency} {cells[1]} stands twice")
        found[row.currency, row.since] = row
    if not found:
        raise BadRates("line 1: expected rows of currency,from,rate, got nothing")
    return list(found.values())


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(csv.reader(text.splitlines()), 1):
        cells = [cell.strip() for cell in row]
        if any(cells) and not (number == 1 and cells[0].lower() == "currency"):
            yield number, cells


def _currency(text: str, into: str) -> str:
    if text not in EXPONENTS:
        raise ValueError(f"currency: expected an ISO 4217 code such as USD, got {text[:40]!r}")
    if text == into:
        raise ValueError(f"currency: expected another than the campaign's own, {into}")
    return text


def _since(text: str, zone: str) -> datetime:
    try:
        if len(text) == len("2012-11-11"):
            return datetime.combine(date.fromisoformat(text), time(), ZoneInfo(zone))
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = datetime.min  # noqa: DTZ901
    if moment.tzinfo is None:
        raise ValueError(
            f"from: expected a date or an instant such as 2012-11-11T00:00:00+08:00, got {text!r}"
        )
    return moment


def _rate(text: str) -> str:
    rates.read(text)
    return text
