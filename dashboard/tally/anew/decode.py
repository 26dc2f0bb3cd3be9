"""Batches as a frame: a row an event, in the ledger's order."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import msgspec
import numpy as np
import polars as pl

from dashboard.core.events import Entry
from dashboard.store.ledger import CorruptBatch, StoredBatch
from dashboard.tally.columns import chunks
from dashboard.tally.ids import Ids
from dashboard.tally.reading import KINDS

# A frame holds so many events: some 100 MB for a moment.
EVENTS_A_FRAME = 100_000
_TYPES: dict[object, pl.DataType] = {int: pl.Int64()}
_SCHEMA = {
    field.name: _TYPES.get(field.type, pl.String()) for field in msgspec.structs.fields(Entry)
}
_DEFAULTS = {field.name: field.default for field in msgspec.structs.fields(Entry)}
_NUMBERS = [name for name, kind in _SCHEMA.items() if kind == pl.Int64()]
_KINDS = pl.Enum(list(KINDS))
# Multiplied by the source's number, so that each source has ids of its own.
_SOURCE_FACTORS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)


def frames(batches: Iterable[StoredBatch]) -> Iterator[tuple[pl.DataFrame, Ids, int]]:
    """Yield frames, what tells their events apart, and the number of each one's last batch.

    The next frame is decoded while one is worked on. Raises `CorruptBatch`.
    """
    with ThreadPoolExecutor(1) as beside:
        coming = None
        for run in chunks(batches, EVENTS_A_FRAME):
            following = beside.submit(_decoded, run)
            if coming:
                yield coming.result()
            coming = following
        if coming:
            yield coming.result()


def _decoded(run: Sequence[StoredBatch]) -> tuple[pl.DataFrame, Ids, int]:
    lines = b"".join(batch.lines for batch in run)
    last = run[-1].seq
    try:
        # Nothing is left of batches whose events were all isolated.
        frame = pl.read_ndjson(lines, schema=_SCHEMA) if lines else pl.DataFrame(schema=_SCHEMA)
    except pl.exceptions.PolarsError as error:
        raise CorruptBatch(f"batches {run[0].seq} to {last}: cannot be read: {error}") from error
    if frame.height != sum(batch.count for batch in run):
        raise CorruptBatch(f"batches {run[0].seq} to {last}: events are missing")
    filled = frame.with_columns(
        pl.col("type").cast(_KINDS),
        *(pl.col(name).fill_null(_default(name)) for name in _NUMBERS),
    )
    return filled, _ids(filled, run), last


def _default(name: str) -> int:
    found = _DEFAULTS[name]
    return found if isinstance(found, int) else 0


def _ids(frame: pl.DataFrame, run: Sequence[StoredBatch]) -> Ids:
    """Return two hashes of each event's source and id, and one of what its source sent."""
    sources = np.repeat(
        np.array([batch.source_id for batch in run], np.uint64), [batch.count for batch in run]
    )
    high, low = (
        frame["id"].hash(seed).to_numpy() ^ (sources * np.uint64(factor))
        for seed, factor in enumerate(_SOURCE_FACTORS)
    )
    # An amount converted by another rate than before is no conflict: as `identity.body_check`.
    sent = pl.when(pl.col("original").is_null()).then(pl.col("amount")).otherwise(0)
    body = frame.with_columns(sent.alias("amount")).hash_rows(seed=2).to_numpy()
    return Ids(high, low, (body & np.uint64(0xFFFFFFFF)).astype(np.uint32))
