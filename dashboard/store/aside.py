"""Keeping events aside: what the door rejects or holds, and conflicts that the tally finds."""

from collections.abc import Sequence

import msgspec

from dashboard.store import quarantined
from dashboard.store.incoming import Incoming
from dashboard.store.tables import Quarantined


class Conflict(msgspec.Struct, frozen=True):
    """An event whose id was counted before with another body, as the ledger holds it."""

    batch_seq: int
    index: int
    source_id: int
    event_id: str
    received_ms: int
    line: bytes


def keep_rejects(incoming: Sequence[Incoming], numbers: Sequence[int]) -> None:
    """Keep the rejects of `incoming` aside; `numbers` are of the batches they came with."""
    quarantined.keep(
        [
            Quarantined(
                campaign_id=one.campaign_id,
                source_id=one.source_id,
                received_ms=one.received_ms,
                kind=reject.kind,
                reason=reject.reason[:300],
                event_id=reject.event_id[:128],
                batch_seq=seq or None,
                index=reject.index,
                raw=reject.raw,
            )
            for one, seq in zip(incoming, numbers, strict=True)
            for reject in one.rejects
        ]
    )


def keep_conflicts(campaign_id: int, conflicts: Sequence[Conflict]) -> None:
    """Keep conflicts aside; one told before is kept once."""
    quarantined.keep_conflicts(
        [
            Quarantined(
                campaign_id=campaign_id,
                source_id=conflict.source_id,
                received_ms=conflict.received_ms,
                kind=Quarantined.CONFLICT,
                reason="id: counted before with another body; the first stands",
                event_id=conflict.event_id,
                batch_seq=conflict.batch_seq,
                index=conflict.index,
                raw=conflict.line,
            )
            for conflict in conflicts
        ]
    )
