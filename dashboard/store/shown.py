"""The last snapshot that a campaign's screens were given; it outlives Redis."""

import msgspec

from dashboard.store.tables import Shown


class LastShown(msgspec.Struct, frozen=True):
    """The snapshot (JSON) and where it stands: epoch, number, ledger position."""

    epoch: int
    seq: int
    position: int
    snapshot: bytes


def save(campaign_id: int, epoch: int, seq: int, position: int, snapshot: bytes) -> None:
    """Keep a campaign's newest snapshot in place of the one before."""
    row = Shown(campaign_id=campaign_id, epoch=epoch, seq=seq, position=position, snapshot=snapshot)
    Shown.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["campaign"],
        update_fields=["epoch", "seq", "position", "snapshot"],
    )


def load(campaign_id: int) -> LastShown | None:
    """Return what the campaign's screens were shown last; None where that was nothing."""
    row = Shown.objects.filter(campaign_id=campaign_id).first()
    if row is None:
        return None
    return LastShown(row.epoch, row.seq, row.position, bytes(row.snapshot))
