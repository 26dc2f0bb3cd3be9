"""The feeds that posts go to, and the switch that stops them all."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models

from dashboard.store.tables.campaign import Campaign


class Feed(models.Model):
    """An account that posts go to; without a campaign it is the operators', for all campaigns.

    `options` are the account's fields that are no secrets, `sealed` those that are, under Fernet.
    A new feed is a dry run: it records what it would have sent. Times in seconds of real time.
    """

    PUBLIC, OPERATORS = "public", "operators"
    AUDIENCES = ((PUBLIC, "the public"), (OPERATORS, "operators: alarms alone"))
    LANGS = (("en", "English"), ("zh-hans", "简体中文"))
    ASK, AUTO = "ask", "auto"
    APPROVALS = ((ASK, "a person approves"), (AUTO, "by itself, after the holding time"))
    POSTERS = (("", "none"), ("square", "square"), ("wide", "16:9"), ("story", "story, 9:16"))

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="feeds", null=True, blank=True
    )
    name = models.SlugField(max_length=64)
    service = models.CharField(max_length=20)
    audience = models.CharField(max_length=9, choices=AUDIENCES, default=PUBLIC)
    lang = models.CharField("language", max_length=7, choices=LANGS, default="en")
    dry_run = models.BooleanField(default=True, help_text="record what would be sent; send nothing")
    stopped = models.BooleanField(default=False, help_text="its stop switch: nothing goes out")
    approval = models.CharField(max_length=4, choices=APPROVALS, default=ASK)
    holding_s = models.PositiveIntegerField(default=60, help_text="before it goes out by itself")
    cap_an_hour = models.PositiveIntegerField(default=6, validators=[MinValueValidator(1)])
    gap_s = models.PositiveIntegerField(default=60, help_text="at least, between two posts")
    expires_s = models.PositiveIntegerField(default=900, validators=[MinValueValidator(1)])
    poster = models.CharField(max_length=6, choices=POSTERS, default="wide", blank=True)
    options = models.JSONField(default=dict, blank=True)
    sealed = models.BinaryField(default=b"", blank=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    last_error = models.CharField(max_length=300, blank=True, editable=False)
    last_sent_ms = models.BigIntegerField(null=True, editable=False)
    not_before_ms = models.BigIntegerField(default=0, editable=False)  # a service's Retry-After

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "name"], name="one_feed_a_name"),
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(campaign__isnull=True),
                name="one_operators_feed_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign.slug if self.campaign else 'operators'}/{self.name}"


class StopSwitch(models.Model):
    """The stop switch of all feeds: one row; nothing goes out while it is `stopped`."""

    name = models.CharField(max_length=20, primary_key=True)
    stopped = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.name} {'stopped' if self.stopped else 'on'}"
