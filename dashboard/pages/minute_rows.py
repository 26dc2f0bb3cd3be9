"""Minutes as rows, the same for JSON, CSV and Parquet; minutes without events are left out."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from dashboard.core.clock import MINUTE_MS
from dashboard.core.dimensions import BY_NAME
from dashboard.core.events import rfc3339
from dashboard.pages.minute_query import Query

Row = tuple[str | int, ...]

_MONEY = ("gross", "refunds", "payments")
_OUTCOMES = ("failed", "submitted")
_TOPUPS = ("topups", "topup_count")
# Orders whose submission and payment are both known, and the sum of the times between, ms.
_TO_PAY = ("paid_n", "paid_ms")
# Minutes a look: a few milliseconds of Redis; one by key holds every field of every dimension.
_WHOLE_A_LOOK, _BY_KEY_A_LOOK = 1_000, 100


class Reader(Protocol):
    """Where the rows come from: the tallies, or the closed minutes kept in the database."""

    def numbers(self, first: int, end: int) -> list[int]:
        """Return the minutes from `first` to `end`, not included, that have events, ascending."""

    def fields(self, numbers: Sequence[int], fields: Sequence[str]) -> list[list[int]]:
        """Return the named fields of each minute, 0 where one is missing."""

    def breakdown(self, numbers: Sequence[int], dimension: str) -> list[dict[str, dict[str, int]]]:
        """Return each minute's measures of each key of a dimension: `{key: {measure: …}}`."""


def measures(by: str) -> tuple[str, ...]:
    """Return the fields that a row needs: for the whole minute, or by a dimension."""
    if not by:
        return _MONEY + _OUTCOMES + _TOPUPS
    return _MONEY + (_OUTCOMES + _TO_PAY if BY_NAME[by].outcomes else ())


def columns(by: str) -> tuple[str, ...]:
    """Return the names of a row's columns; `net` is gross less refunds."""
    gross, refunds, *rest = measures(by)
    return ("minute", *(["key"] if by else []), gross, refunds, "net", *rest)


def looks(minutes: Reader, query: Query) -> Iterator[list[Row]]:
    """Yield the rows asked for, by minute and key, one look at a time.

    Raises `redis.RedisError`, and `store.minutes.Moved`.
    """
    numbers = minutes.numbers(query.first, query.end)
    size = _BY_KEY_A_LOOK if query.by else _WHOLE_A_LOOK
    for start in range(0, len(numbers), size):
        some = numbers[start : start + size]
        yield _by_key(minutes, some, query) if query.by else _whole(minutes, some)


def _whole(minutes: Reader, numbers: list[int]) -> list[Row]:
    found = minutes.fields(numbers, measures(""))
    return [_row(number, (), row) for number, row in zip(numbers, found, strict=True)]


def _by_key(minutes: Reader, numbers: list[int], query: Query) -> list[Row]:
    wanted = measures(query.by)
    return [
        _row(number, (key,), [sums.get(measure, 0) for measure in wanted])
        for number, keys in zip(numbers, minutes.breakdown(numbers, query.by), strict=True)
        for key, sums in sorted(keys.items())
        if number > query.first or key > query.after
    ]


def _row(number: int, key: tuple[str, ...], figures: list[int]) -> Row:
    gross, refunds, *rest = figures
    return (rfc3339(number * MINUTE_MS), *key, gross, refunds, gross - refunds, *rest)
