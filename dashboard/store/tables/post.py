"""The outbox, and who did what to it."""

from typing import Any, ClassVar

from django.db import models

from dashboard.store.tables.campaign import Campaign
from dashboard.store.tables.feed import Feed
from dashboard.store.tables.milestone import Milestone


class Post(models.Model):
    """A row of the outbox: words for one feed, on one `occasion`, which is never told it twice.

    `story` holds the facts that words and poster were made of. Times are real, in ms since 1970
    UTC; the lease is that of the process that sends it.
    """

    PROPOSED, APPROVED, SENDING, SENT = "proposed", "approved", "sending", "sent"
    UNKNOWN, FAILED, EXPIRED, WITHDRAWN = "unknown", "failed", "expired", "withdrawn"
    STATES = tuple(
        (one, one)
        for one in (PROPOSED, APPROVED, SENDING, SENT, UNKNOWN, FAILED, EXPIRED, WITHDRAWN)
    )
    NEWS, CORRECTION, ALARM, ALL_CLEAR, TRIAL = "news", "correction", "alarm", "all_clear", "trial"
    KINDS = tuple((one, one) for one in (NEWS, CORRECTION, ALARM, ALL_CLEAR, TRIAL))

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="posts")
    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="posts", null=True, blank=True
    )
    milestone = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, related_name="posts", null=True, blank=True
    )
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    kind = models.CharField(max_length=10, choices=KINDS, default=NEWS)
    occasion = models.CharField(max_length=120)
    state = models.CharField(max_length=9, choices=STATES, default=PROPOSED)
    text = models.TextField()
    lang = models.CharField(max_length=7, default="en")
    poster = models.CharField(max_length=6, blank=True)
    alt = models.TextField(blank=True)
    link = models.URLField(max_length=300, blank=True)
    story = models.JSONField(null=True)
    rank = models.BigIntegerField(default=0)  # of several at once, the highest is the news
    created_ms = models.BigIntegerField()
    not_before_ms = models.BigIntegerField(default=0)
    expires_ms = models.BigIntegerField()
    attempts = models.PositiveIntegerField(default=0)
    sender = models.CharField(max_length=80, blank=True)
    lease_until_ms = models.BigIntegerField(default=0)
    key = models.CharField(max_length=64, unique=True)  # the same for every attempt
    request = models.JSONField(null=True)  # what is sent, frozen at the claim
    dry_run = models.BooleanField(default=False)
    sent_ms = models.BigIntegerField(null=True)
    remote_id = models.CharField(max_length=200, blank=True)
    remote_url = models.CharField(max_length=500, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["feed", "occasion"], name="one_post_an_occasion")
        ]
        indexes: ClassVar = [models.Index(fields=["state", "not_before_ms"], name="post_due")]
        permissions: ClassVar = [
            ("approve_post", "Can approve, edit, hold and withdraw posts"),
            ("stop_posting", "Can throw and release the stop switches"),
        ]

    def __str__(self) -> str:
        return f"{self.feed} {self.occasion} {self.state}"


class WrittenOnce(models.QuerySet["PostNote"]):
    """Rows that no query alters or deletes."""

    def update(self, **kwargs: Any) -> int:
        """Refuse."""
        raise TypeError("a note is written once")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        """Refuse."""
        raise TypeError("a note is written once")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise TypeError("a note is never deleted")


class PostNote(models.Model):
    """Who did what to a post, a feed or a switch: written once, never altered or deleted (S24)."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="notes", null=True)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="notes", null=True)
    at_ms = models.BigIntegerField()
    by = models.CharField(max_length=150)
    action = models.CharField(max_length=40)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = WrittenOnce.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.action} by {self.by}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it; once. Raises `TypeError` where it was written before."""
        if self.pk is not None:
            raise TypeError("a note is written once")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise TypeError("a note is never deleted")
