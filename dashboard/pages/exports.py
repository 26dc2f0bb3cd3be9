"""Rows as files: CSV as it is read, Parquet once it is complete."""

import csv
import io
from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from channels.db import database_sync_to_async
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from dashboard.pages.minute_rows import Row

if TYPE_CHECKING:
    import polars

# About 80 bytes a row while the columns are gathered: 160 MB.
MAX_PARQUET_ROWS = 2_000_000
# A spreadsheet takes a cell that begins so for a formula (S21).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class TooLong(Exception):
    """More rows than one file may hold."""


def harmless(cell: str | int) -> str | int:
    """Return a cell that no spreadsheet takes for a formula; numbers are what they are."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell


def as_csv(name: str, columns: Sequence[str], looks: Iterator[list[Row]]) -> HttpResponseBase:
    """Return the rows as CSV, read while they are sent; the first look is taken at once."""
    first = next(looks, [])
    parts: Iterator[Sequence[Sequence[str | int]]] = chain([[columns]], [first], looks)
    lines = StreamingHttpResponse(_in_threads(map(_csv, parts)))
    return _file(lines, name, "text/csv; charset=utf-8")


def as_parquet(name: str, columns: Sequence[str], looks: Iterator[list[Row]]) -> HttpResponseBase:
    """Return the rows as Parquet: `minute` in UTC, `key` as text, figures as 64-bit integers.

    Raises `TooLong` above `MAX_PARQUET_ROWS`.
    """
    table = io.BytesIO()
    _table(columns, looks).write_parquet(table)
    return _file(HttpResponse(table.getvalue()), name, "application/vnd.apache.parquet")


def _file(response: HttpResponseBase, name: str, content_type: str) -> HttpResponseBase:
    response["Content-Type"] = content_type
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(rows: Sequence[Sequence[str | int]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _table(columns: Sequence[str], looks: Iterator[list[Row]]) -> "polars.DataFrame":
    # 0.6 s to import, which every start of the server would pay.
    import polars  # noqa: PLC0415

    schema = {
        name: polars.String if name in {"minute", "key"} else polars.Int64 for name in columns
    }
    parts, rows = [polars.DataFrame(schema=schema)], 0
    for look in looks:
        rows += len(look)
        if rows > MAX_PARQUET_ROWS:
            raise TooLong(f"from, to: expected at most {MAX_PARQUET_ROWS} rows; narrow the range")
        parts.append(polars.DataFrame(look, schema=schema, orient="row"))
    table = polars.concat(parts)
    return table.with_columns(polars.col("minute").str.to_datetime(time_unit="ms", time_zone="UTC"))


async def _in_threads(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Draw each part in a thread: Redis or the database may keep it waiting."""
    draw = database_sync_to_async(_next, thread_sensitive=False)
    while (part := await draw(parts)) is not None:
        yield part


def _next(parts: Iterator[bytes]) -> bytes | None:
    return next(parts, None)
