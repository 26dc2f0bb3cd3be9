"""Rates of exchange, as they were entered."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from dashboard.core import rates
from dashboard.store.tables.campaign import Campaign, known_currency


def known_rate(text: str) -> None:
    """Refuse what is not an exact rate above nought."""
    try:
        rates.read(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error


class Rate(models.Model):
    """Units of the campaign's currency for one unit of `currency`, from `since` on.

    Rows are added, never changed: a correction is a row with the same `since`, and the one entered
    last holds for the events accepted from then on. The ledger keeps what was counted before.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="rates")
    currency = models.CharField(max_length=3, validators=[known_currency])
    since = models.DateTimeField(help_text="by the time at which events occurred")
    rate = models.CharField(
        max_length=rates.LONGEST,
        validators=[known_rate],
        help_text="units of the campaign's currency for one unit: 6.2384, or a fraction: 1/7",
    )
    entered = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["currency", "since", "pk"]

    def __str__(self) -> str:
        return f"{self.currency} {self.rate}"

    def clean(self) -> None:
        """Refuse the campaign's own currency."""
        if self.campaign_id and self.currency == self.campaign.currency:
            raise ValidationError({"currency": "currency: expected another than the campaign's"})
