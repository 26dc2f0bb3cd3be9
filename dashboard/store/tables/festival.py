"""What belongs to a campaign's story: other years, site states, names."""

from typing import ClassVar

from django.db import models

from dashboard.store.tables.campaign import Campaign


class Reference(models.Model):
    """Another year's curve: gross of each minute from the start of the window, minor units.

    `counters` and `by` hold running totals: `{"visits": [[offset_minutes, total], …]}` and
    `{"platform": {"tmall": [[offset_minutes, gross], …]}}`, at each quarter of an hour.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="references")
    label = models.CharField(max_length=40)
    basis = models.CharField(max_length=200, blank=True)
    basis_zh = models.CharField("basis, Chinese", max_length=200, blank=True)
    primary = models.BooleanField(default=True, help_text="the year that the wall compares with")
    total = models.BigIntegerField()
    minutes = models.JSONField(default=list, blank=True)
    counters = models.JSONField(default=dict, blank=True)
    by = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "label"], name="one_reference_a_label")
        ]

    def __str__(self) -> str:
        return f"{self.campaign} {self.label}"


class SiteState(models.Model):
    """What staff say of the payment site from `since_ms` (campaign time) until the next row."""

    NORMAL, QUEUEING, DIVERTING, RECOVERED = "normal", "queueing", "diverting", "recovered"
    STATES = (
        (NORMAL, "normal"),
        (QUEUEING, "queueing"),
        (DIVERTING, "diverting"),
        (RECOVERED, "recovered"),
    )

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="site_states")
    state = models.CharField(max_length=9, choices=STATES, default=NORMAL)
    since_ms = models.BigIntegerField(
        help_text="campaign time, ms since 1970 UTC; empty: now", blank=True
    )
    note = models.CharField(max_length=120, blank=True)
    worst_stuck = models.BigIntegerField(default=0, editable=False)

    class Meta:
        ordering: ClassVar = ["since_ms", "pk"]

    def __str__(self) -> str:
        return f"{self.campaign} {self.state}"


class Label(models.Model):
    """A curated name for a key of a breakdown; a wall that anybody may see shows no other."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="labels")
    dimension = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    name = models.CharField(max_length=40)
    name_zh = models.CharField("name, Chinese", max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "dimension", "key"], name="one_label_a_key")
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.key}"
