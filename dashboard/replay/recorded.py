"""Recorded events from files, a batch at a time, as lines of NDJSON.

By the name: `.ndjson`, `.jsonl`, `.csv` (each also `.gz` or `.zst`) or `.parquet`. Nothing is
judged here: what breaks the contract is refused, with its reason, where all events are.
"""

import codecs
import csv
import io
import re
import zlib
from collections.abc import Iterable, Iterator
from gzip import GzipFile
from pathlib import Path
from typing import IO, Any, cast

import msgspec
import polars
import zstandard

from dashboard.accept.limits import MAX_BODY, MAX_EVENTS

# Cut here, a line without an end is refused like any other that is too long.
_LONGEST_LINE = 1 << 20
_PARQUET_ROWS = 10 * MAX_EVENTS
_NEEDED = {"id", "type", "occurred_at"}
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_WHOLE_FIELDS = ("amount", "count", "value")
_UNREADABLE = (OSError, EOFError, zlib.error, zstandard.ZstdError, UnicodeDecodeError, csv.Error)


class BadFile(Exception):
    """A file that cannot be read; the message names it, and what was expected."""


class Chunk(msgspec.Struct, frozen=True):
    """One batch of lines, and how many bytes of its file (rows of Parquet) were read by then."""

    lines: list[bytes]
    read: int


def size(path: Path) -> int:
    """Return what `Chunk.read` reaches at the end of a file. Raises `BadFile`."""
    try:
        if path.suffix.lower() == ".parquet":
            return int(polars.scan_parquet(path).select(polars.len()).collect().item())
        return path.stat().st_size
    except (OSError, polars.exceptions.PolarsError) as error:
        raise BadFile(f"{path}: {_first_line(error)}") from error


def chunks(path: Path) -> Iterator[Chunk]:
    """Yield a file in batches that `accept` takes: 5,000 events, 4 MiB. Raises `BadFile`."""
    try:
        if path.suffix.lower() == ".parquet":
            yield from _parquet(path)
        else:
            with path.open("rb") as raw:
                yield from _gathered(_lines(path, raw), raw)
    except (*_UNREADABLE, polars.exceptions.PolarsError) as error:
        raise BadFile(f"{path}: {_first_line(error)}") from error


def _lines(path: Path, raw: IO[bytes]) -> Iterator[bytes]:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    plain = _unpacked(raw, suffixes.pop() if suffixes[-1:] in ([".gz"], [".zst"]) else "")
    kind = suffixes[-1] if suffixes else ""
    if kind in (".ndjson", ".jsonl"):
        return iter(lambda: plain.readline(_LONGEST_LINE), b"")
    if kind == ".csv":
        return _csv(path, plain)
    raise BadFile(f"{path}: expected .ndjson, .jsonl, .csv (also .gz, .zst) or .parquet")


def _unpacked(raw: IO[bytes], packing: str) -> IO[bytes]:
    if packing == ".gz":
        return cast("IO[bytes]", GzipFile(fileobj=raw))
    if packing == ".zst":
        unpacker = zstandard.ZstdDecompressor()
        return io.BufferedReader(
            unpacker.stream_reader(raw, read_across_frames=True, closefd=False)
        )
    return raw


def _gathered(lines: Iterable[bytes], raw: IO[bytes]) -> Iterator[Chunk]:
    batch: list[bytes] = []
    length = 0
    for line in lines:
        if len(batch) == MAX_EVENTS or length + len(line) > MAX_BODY:
            yield Chunk(batch, raw.tell())
            batch, length = [], 0
        if line := line.strip():
            batch.append(line)
            length += len(line)
    yield Chunk(batch, raw.tell())


def _csv(path: Path, plain: IO[bytes]) -> Iterator[bytes]:
    """Yield rows as JSON; empty cells are left out, whole numbers are numbers where one belongs."""
    rows = csv.DictReader(codecs.iterdecode(plain, "utf-8-sig"))
    if lacking := _NEEDED - set(rows.fieldnames or ()):
        raise BadFile(f"{path}: line 1: expected columns id, type, occurred_at; no {min(lacking)}")
    for row in rows:
        if None in row:
            raise BadFile(
                f"{path}: line {rows.line_num}: expected {len(rows.fieldnames or ())} cells"
            )
        given: dict[str, Any] = {name: cell for name, cell in row.items() if cell}
        for name in _WHOLE_FIELDS:
            if _WHOLE.fullmatch(given.get(name, "")):
                given[name] = int(given[name])
        yield msgspec.json.encode(given)


def _parquet(path: Path) -> Iterator[Chunk]:
    rows = polars.scan_parquet(path)
    if lacking := _NEEDED - set(rows.collect_schema().names()):
        raise BadFile(f"{path}: expected columns id, type, occurred_at; no {min(lacking)}")
    read = 0
    while (table := rows.slice(read, _PARQUET_ROWS).collect()).height:
        for part in table.iter_slices(MAX_EVENTS):
            read += part.height
            yield Chunk([msgspec.json.encode(row) for row in part.iter_rows(named=True)], read)


def _first_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).partition("\n")[0] or type(error).__name__
