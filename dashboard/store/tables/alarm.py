"""What operators are told of."""

from typing import ClassVar

from django.db import models

from dashboard.store.tables.campaign import Campaign


class OperatorAlarm(models.Model):
    """A condition that operators are told of, from when it was raised until it was over."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="alarms", null=True, blank=True
    )
    key = models.CharField(max_length=80)
    detail = models.CharField(max_length=300, blank=True)
    raised_ms = models.BigIntegerField()
    cleared_ms = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "key"],
                condition=models.Q(cleared_ms__isnull=True),
                name="one_alarm_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(cleared_ms__isnull=True, campaign__isnull=True),
                name="one_alarm_of_the_board",
            ),
        ]

    def __str__(self) -> str:
        return self.key
