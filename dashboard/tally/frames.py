"""Frames: large runs of batches as columns, a row an event, in the ledger's order.

Decoded by polars, on all cores and beside other Python: an event takes half the time that
`columns.py` needs. For whoever reads a whole ledger: few events would cost more than that.
"""

from collections.abc import Sequence

import msgspec
import numpy as np
import polars as pl

from dashboard.core.dimensions import DIMENSIONS
from dashboard.core.events import Entry
from dashboard.store.batch import CorruptBatch, PackedBatch, StoredBatch
from dashboard.tally.columns import COUNTED, Columns
from dashboard.tally.ids import Ids, IdsReader
from dashboard.tally.reading import KINDS, Coded

Run = Sequence[StoredBatch]
_FIELDS = msgspec.structs.fields(Entry)
_SCHEMA = {one.name: pl.Int64() if one.type is int else pl.String() for one in _FIELDS}
_REQUIRED = [one.name for one in _FIELDS if one.required]
_NUMBERS = [name for name, kind in _SCHEMA.items() if kind == pl.Int64()]
_FILLED = [
    pl.col("type").cast(pl.Enum(list(KINDS))),
    *(pl.col(one.name).fill_null(one.default) for one in _FIELDS if isinstance(one.default, int)),
]
# Looked for in vain, this column takes a tenth of the decoding; its list ends with a bracket, which
# little else in a line has and which is found ten times as fast as its name.
_BRACKET, _CONVERTED = b"]", b'"original":'
_UNCONVERTED = {name: kind for name, kind in _SCHEMA.items() if name != "original"}
_CODED = ("order_id", "name", *(one.name for one in DIMENSIONS))


def decoded(run: Run) -> pl.DataFrame:
    """Return a run of batches as a frame with the fields of `Entry`.

    Numbers that are not given have their defaults, texts are null. Raises `CorruptBatch`.
    """
    where = f"batches {run[0].seq} to {run[-1].seq}"
    try:
        frame = _read(b"".join(batch.lines for batch in run)).with_columns(_FILLED)
    except pl.exceptions.PolarsError as error:
        raise CorruptBatch(f"{where}: cannot be read: {error}") from error
    if frame.height != sum(batch.count for batch in run):
        raise CorruptBatch(f"{where}: events are missing")
    for name in _REQUIRED:
        if frame[name].null_count():
            raise CorruptBatch(f"{where}: events without `{name}`")
    return frame


def columns(packed: Sequence[PackedBatch]) -> tuple[Columns, pl.Series]:
    """Return what `Columns` would read from these batches, and apart from it their buyers.

    Raises `CorruptBatch`.
    """
    run = [batch.unpacked() for batch in packed]
    frame = decoded(run)
    names = frame["id"].to_list()
    found = {name: frame[name].to_numpy() for name in _NUMBERS}
    texts = {name: _coded(frame[name]) for name in _CODED}
    kinds = frame["type"].to_physical().cast(pl.Int8).to_numpy()
    told = {"id": names, "kind": kinds, "ids": _ids(run, frame, names)}
    wanted = [name for name in COUNTED if name != "buyer"]
    return Columns(run, wanted, {**found, **texts, **told}), frame["buyer"].fill_null("")


def _read(lines: bytes) -> pl.DataFrame:
    if not lines:  # nothing is left of batches whose events were all isolated
        return pl.DataFrame(schema=_SCHEMA)
    if _BRACKET in lines and _CONVERTED in lines:
        return pl.read_ndjson(lines, schema=_SCHEMA)
    read = pl.read_ndjson(lines, schema=_UNCONVERTED)
    return read.with_columns(original=pl.lit(None, _SCHEMA["original"]))


def _coded(column: pl.Series) -> Coded:
    if column.null_count() == len(column):
        return Coded(np.zeros(len(column), np.int32), [""])
    texts = column.fill_null("")
    distinct = texts.unique(maintain_order=True)
    codes = texts.cast(pl.Enum(distinct)).to_physical().cast(pl.Int32)
    return Coded(codes.to_numpy(), distinct.to_list())


def _ids(run: Run, frame: pl.DataFrame, names: list[str]) -> Ids:
    converted = frame["original"].is_not_null().any()
    reader, first = IdsReader(), 0
    for batch in run:
        told = names[first : first + batch.count]
        reader.take([batch], batch.lines, told, converted)
        first += batch.count
    return reader.column()
