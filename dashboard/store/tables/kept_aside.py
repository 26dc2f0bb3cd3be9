"""How much lies in the quarantine, counted as it comes and goes."""

from typing import ClassVar

from django.db import models

from dashboard.store.tables.campaign import Campaign


class KeptAside(models.Model):
    """How many events of one kind, state and doubtful field are kept aside.

    Changed in the transaction that changes the quarantine: a scrape counts no millions of rows.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE)
    kind = models.CharField(max_length=8)
    field = models.CharField(max_length=16)
    state = models.CharField(max_length=8)
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "kind", "field", "state"], name="one_count_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.field} {self.state}"
