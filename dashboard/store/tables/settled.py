"""What is kept of settled figures: seals, closed minutes, and how the last check went."""

from typing import ClassVar

from django.db import models

from dashboard.store.tables.campaign import Campaign


class Seal(models.Model):
    """A hash over the seal before it and the batches after `after`, up to `position`.

    `digest` as `core.seal` has it; `marks` are 4 bytes a batch, by which one that was altered is
    named. The seals of a campaign are a chain: each begins where another ends.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE)
    after = models.BigIntegerField()
    position = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)
    marks = models.BinaryField()
    sealed_ms = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "after"], name="one_seal_a_stretch")
        ]

    def __str__(self) -> str:
        return f"seal {self.position} of campaign {self.campaign_id}"


class ClosedMinute(models.Model):
    """One closed minute's figures: whole (`by` empty), or by one dimension.

    `minute` is numbered since 1970 UTC. The figures are those of `generation` at ledger position
    `position`; `figures` is Zstandard over JSON: `{field: sum}`, or `{key: {measure: sum}}`.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE)
    minute = models.BigIntegerField()
    by = models.CharField(max_length=20, blank=True)
    generation = models.CharField(max_length=16)
    position = models.BigIntegerField()
    gross = models.BigIntegerField()
    refunds = models.BigIntegerField()
    payments = models.BigIntegerField()
    figures = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "by", "minute"], name="one_row_a_closed_minute"
            )
        ]

    def __str__(self) -> str:
        return f"minute {self.minute} of campaign {self.campaign_id} {self.by}".rstrip()


class History(models.Model):
    """How far a campaign's closed minutes are kept: all of them, as of ledger position `position`.

    `whole` is true where no minute with events was left out because it was not over.
    """

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, primary_key=True)
    generation = models.CharField(max_length=16)
    position = models.BigIntegerField()
    whole = models.BooleanField()


class Checked(models.Model):
    """How the figures of a campaign compared with its ledger when they were last looked at."""

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, primary_key=True)
    position = models.BigIntegerField()
    checked_ms = models.BigIntegerField()
    agree = models.BooleanField()
    detail = models.CharField(max_length=300, blank=True)
