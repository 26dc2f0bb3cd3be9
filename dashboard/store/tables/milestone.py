"""What a campaign awaits, and the record of its fall."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models

from dashboard.core.money import MAX_AMOUNT
from dashboard.store.tables.campaign import Campaign
from dashboard.store.tables.feed import Feed


class Milestone(models.Model):
    """A rule of a campaign: what is awaited, what is told of it, and the record of its fall.

    `amount` is in the measure of its kind: minor units, a count, thousandths of a multiple, seconds
    since the start. `dimension` and `of` say of what: the key of a breakdown, a counter, the label
    of a past year, a state of the site. A rule for many (each merchant of a club, each time a
    state begins) never falls itself: those that do are milestones of their own, with it as `rule`.

    Fired once, by a conditional update; `position`, `total` and `facts` are the proof: the ledger
    position and the settled total it was fired on, and all that is told of it. `crossed_ms` is
    campaign time, on a whole second; `fired_ms` real. `late`: it was old news when it was found.
    """

    AMOUNT, REFERENCE_TOTAL, PAST_TOTAL = "amount", "reference_total", "past_total"
    MULTIPLE, PAYMENTS, ORDERS, COUNTER = "multiple", "payments", "orders", "counter"
    SHARE, PEAK_MINUTE, PEAK_SECOND = "share", "peak_minute", "peak_second"
    BULLETIN, START, CLOSE, SITE = "bulletin", "start", "close", "site"
    KINDS = (
        (AMOUNT, "an amount"),
        (REFERENCE_TOTAL, "last year's whole total"),
        (PAST_TOTAL, "a past year's whole total"),
        (MULTIPLE, "n times last year at the same time"),
        (PAYMENTS, "a number of payments"),
        (ORDERS, "a number of orders"),
        (COUNTER, "a counter"),
        (SHARE, "a platform's, category's or merchant's amount"),
        (PEAK_MINUTE, "a peak minute"),
        (PEAK_SECOND, "a peak second"),
        (BULLETIN, "a time since the start"),
        (START, "the start"),
        (CLOSE, "the close"),
        (SITE, "a state of the site"),
    )
    ALL, CHOSEN, NONE = "all", "chosen", "none"
    AUDIENCES = ((ALL, "all feeds"), (CHOSEN, "the feeds chosen"), (NONE, "no feed"))
    APPROVALS = (("", "as each feed says"), ("ask", "a person approves"), ("auto", "by itself"))

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="milestones")
    key = models.SlugField(max_length=64)
    kind = models.CharField(max_length=20, choices=KINDS, default=AMOUNT)
    amount = models.BigIntegerField(
        default=0,
        validators=[MinValueValidator(0)],
        help_text="minor units, a count, thousandths of a multiple, seconds since the start",
    )
    dimension = models.CharField(max_length=20, blank=True)
    of = models.CharField(max_length=64, blank=True)
    label = models.CharField(max_length=80, blank=True)
    label_zh = models.CharField("label, Chinese", max_length=80, blank=True)
    words = models.TextField(blank=True, help_text="a template; empty: that of its kind")
    words_zh = models.TextField("words, Chinese", blank=True)
    goes_to = models.CharField(max_length=6, choices=AUDIENCES, default=ALL)
    feeds = models.ManyToManyField(Feed, blank=True, related_name="milestones")
    approval = models.CharField(max_length=4, choices=APPROVALS, default="", blank=True)
    take_over = models.BooleanField(default=True, help_text="shown over the wall for 8 s")
    rule = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, editable=False
    )
    crossed_ms = models.BigIntegerField(null=True, blank=True, editable=False)
    fired_ms = models.BigIntegerField(null=True, blank=True, editable=False)
    announced_ms = models.BigIntegerField(null=True, blank=True, editable=False)
    position = models.BigIntegerField(null=True, blank=True, editable=False)
    total = models.BigIntegerField(null=True, blank=True, editable=False)
    facts = models.JSONField(null=True, blank=True, editable=False)
    confirmed = models.BooleanField(default=False, editable=False)
    late = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering: ClassVar = ["amount"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "key"], name="one_milestone_a_key"),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0, amount__lte=MAX_AMOUNT * 10),
                name="milestone_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} {self.key}"


class MilestoneNote(models.Model):
    """What became of a milestone: fired, confirmed, re-dated, undercut, told late; append-only."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="notes")
    at_ms = models.BigIntegerField()
    what = models.CharField(max_length=20)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.milestone} {self.what}"
