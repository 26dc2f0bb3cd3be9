"""Seals in the database: made over batches as the ledger has them, read to be verified."""

import msgspec

from dashboard.core import seal as rules
from dashboard.core.seal import Stamp
from dashboard.store.tables import Batch, Seal

# One seal holds so many batches at the most: some megabytes of rows, without their payloads.
MOST_BATCHES = 10_000
_STAMP = ("seq", "source_id", "received_ms", "count", "sha256")
_KEPT = ("after", "position", "digest", "marks")


class Kept(msgspec.Struct, frozen=True):
    """A seal as kept: over the batches after `after`, up to `position`."""

    after: int
    position: int
    digest: bytes
    marks: bytes = b""


def newest(campaign_id: int) -> Kept:
    """Return a campaign's last seal; before the first one, what that begins from."""
    rows = Seal.objects.filter(campaign_id=campaign_id).order_by("-after")
    row = rows.values_list(*_KEPT).first()
    return _kept(row) if row else Kept(0, 0, rules.first(campaign_id))


def following(campaign_id: int, position: int) -> Kept | None:
    """Return the seal over the batches after `position`, else the next one there is."""
    rows = Seal.objects.filter(campaign_id=campaign_id, after__gte=position).order_by("after")
    row = rows.values_list(*_KEPT).first()
    return _kept(row) if row else None


def seal(campaign_id: int, until: int, now_ms: int) -> int:
    """Seal the batches after the last seal, up to number `until` or `MOST_BATCHES`.

    Returns the position sealed up to. Of two that seal at once one stays: a seal is the only one
    after the one before it. Batches behind a gap are not sealed. Raises `django.db.DatabaseError`.
    """
    last = newest(campaign_id)
    stamps = _stamps(campaign_id, last.position, until)
    if not stamps:
        return last.position
    row = Seal(
        campaign_id=campaign_id,
        after=last.position,
        position=stamps[-1].seq,
        digest=rules.seal(last.digest, stamps),
        marks=rules.marks(stamps),
        sealed_ms=now_ms,
    )
    Seal.objects.bulk_create([row], ignore_conflicts=True)
    return stamps[-1].seq


def _kept(row: tuple[int, int, bytes, bytes]) -> Kept:
    after, position, digest, marks = row
    return Kept(after, position, bytes(digest), bytes(marks))


def _stamps(campaign_id: int, after: int, until: int) -> list[Stamp]:
    """Return what a seal covers of the batches after `after`, as far as none is missing."""
    batches = Batch.objects.filter(campaign_id=campaign_id, seq__gt=after, seq__lte=until)
    rows = batches.order_by("seq").values_list(*_STAMP)[:MOST_BATCHES]
    stamps = [
        Stamp(seq, source, received_ms, count, bytes(sha256))
        for seq, source, received_ms, count, sha256 in rows
    ]
    return [one for expected, one in enumerate(stamps, after + 1) if one.seq == expected]
