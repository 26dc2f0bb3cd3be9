"""What tells events apart, from a frame: quick hashes, which hold in this process alone."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from dashboard.store.batch import StoredBatch
from dashboard.tally.ids import Ids

# Multiplied by the source's number, so that each source has ids of its own.
_SOURCE_FACTORS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)


def ids_of(run: Sequence[StoredBatch], frame: pl.DataFrame) -> Ids:
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
