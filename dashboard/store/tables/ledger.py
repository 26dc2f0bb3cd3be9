"""The ledger and what is kept aside. Times are milliseconds since 1970 UTC, real time."""

from typing import ClassVar

from django.db import models

from dashboard.store.tables.campaign import Campaign
from dashboard.store.tables.source import Source


class LedgerHead(models.Model):
    """Where a campaign's ledger ends; its row lock gives batches their order, gapless."""

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, primary_key=True)
    seq = models.BigIntegerField(default=0)
    events = models.BigIntegerField(default=0)


class Batch(models.Model):
    """One accepted batch: never changed, never deleted.

    `payload` is Zstandard over one JSON `Entry` a line; `sha256` is over the lines, uncompressed;
    `events_before` is how many events the ledger held before it.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE)
    seq = models.BigIntegerField()
    source = models.ForeignKey(Source, on_delete=models.CASCADE)
    received_ms = models.BigIntegerField()
    count = models.PositiveIntegerField()
    events_before = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    payload = models.BinaryField()

    class Meta:
        verbose_name_plural = "batches"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "seq"], name="one_batch_a_number")
        ]

    def __str__(self) -> str:
        return f"batch {self.seq} of campaign {self.campaign_id}"


class Quarantined(models.Model):
    """An event kept aside, with the reason, and the field of the contract that it begins with.

    REJECTED: it broke the contract. HELD: well-formed, not to be believed. CONFLICT: an id already
    counted with another body (`batch_seq` and `index` say which). ISOLATED: in the ledger, at that
    place, and left out by all who read it, because it made the tally fail. Staff drop it, or
    release it if it is HELD or ISOLATED: `decided_by` and `decided_ms` (real time) say who, when.
    """

    REJECTED, HELD, CONFLICT, ISOLATED = "rejected", "held", "conflict", "isolated"
    KINDS = (
        (REJECTED, "rejected"),
        (HELD, "held"),
        (CONFLICT, "conflict"),
        (ISOLATED, "isolated"),
    )
    RELEASABLE = (HELD, ISOLATED)
    WAITING, RELEASED, DROPPED = "waiting", "released", "dropped"
    STATES = ((WAITING, "waiting"), (RELEASED, "released"), (DROPPED, "dropped"))

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE)
    source = models.ForeignKey(Source, on_delete=models.CASCADE)
    kind = models.CharField(max_length=8, choices=KINDS)
    state = models.CharField(max_length=8, choices=STATES, default=WAITING)
    reason = models.CharField(max_length=300)
    event_id = models.CharField(max_length=128, blank=True)
    received_ms = models.BigIntegerField()
    batch_seq = models.BigIntegerField(null=True, blank=True)
    index = models.PositiveIntegerField(default=0)
    raw = models.BinaryField(help_text="the event as it came, buyer hashed, at most 16 KiB")
    field = models.CharField(max_length=16, default="event")
    decided_by = models.CharField(max_length=150, blank=True)
    decided_ms = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "quarantine"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "batch_seq", "index"],
                condition=models.Q(kind="conflict"),
                name="one_row_a_conflict",
            ),
            models.UniqueConstraint(
                fields=["campaign", "batch_seq", "index"],
                condition=models.Q(kind="isolated"),
                name="one_row_an_isolated",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "state", "kind"], name="quarantine_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id or self.pk}"


class Stuck(models.Model):
    """Where the tally of a campaign failed, counted here before the work is tried again.

    After ledger position `position` it failed `attempts` times; up to batch `until` it goes on
    batch by batch. Among the events `low` to `high` of a batch that failed alone is one that makes
    it fail; `trial`: those before it are being tried at this moment (0: none are).
    """

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, primary_key=True)
    position = models.BigIntegerField()
    attempts = models.PositiveIntegerField(default=0)
    until = models.BigIntegerField(default=0)
    low = models.PositiveIntegerField(default=0)
    high = models.PositiveIntegerField(default=0)
    trial = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"campaign {self.campaign_id} after batch {self.position}"
