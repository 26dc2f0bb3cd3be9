"""What one request brings to the ledger and to the quarantine."""

from collections.abc import Sequence

import msgspec

from dashboard.core.events import Entry, encode_entries


class Reject(msgspec.Struct, frozen=True, kw_only=True):
    """One event for the quarantine; `kind` is one of `Quarantined.KINDS`."""

    kind: str
    index: int
    event_id: str
    reason: str
    raw: bytes


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """What one request brings: entries for the ledger, and events to keep aside.

    `lines` are the entries as `encode_entries` gives them, `count` how many they are.
    """

    campaign_id: int
    source_id: int
    received_ms: int
    lines: bytes
    count: int
    rejects: Sequence[Reject] = ()

    @classmethod
    def of(
        cls,
        campaign_id: int,
        source_id: int,
        received_ms: int,
        entries: list[Entry],
        rejects: Sequence[Reject] = (),
    ) -> "Incoming":
        """Return what one request brings, its entries encoded."""
        return cls(
            campaign_id=campaign_id,
            source_id=source_id,
            received_ms=received_ms,
            lines=encode_entries(entries),
            count=len(entries),
            rejects=rejects,
        )
