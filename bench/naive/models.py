"""A row an event with a unique id, and a row a minute with its turnover."""

from typing import ClassVar

from django.db import models


class Payment(models.Model):
    """One payment; its id keeps it from being counted twice."""

    event_id = models.CharField(max_length=128, unique=True)
    amount = models.BigIntegerField()
    objects: ClassVar[models.Manager["Payment"]] = models.Manager()

    class Meta:
        app_label = "naive"

    def __str__(self) -> str:
        return self.event_id


class Minute(models.Model):
    """The turnover of a minute, in minor units."""

    minute = models.CharField(max_length=16, unique=True)
    gross = models.BigIntegerField(default=0)
    objects: ClassVar[models.Manager["Minute"]] = models.Manager()

    class Meta:
        app_label = "naive"

    def __str__(self) -> str:
        return self.minute
