"""Sources of events, and their credentials."""

import secrets
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models

from dashboard.store.tables.campaign import Campaign


class Source(models.Model):
    """Who sends events to one campaign; its name is the namespace of its event ids."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="sources")
    name = models.SlugField(max_length=64, default="main")
    enabled = models.BooleanField(default=True)
    events_per_second = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="the most in the long run, at each web process; empty: SOURCE_EVENTS_PER_S",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "name"], name="one_source_a_name")
        ]

    def __str__(self) -> str:
        return f"{self.campaign.slug}/{self.name}"


class SourceKey(models.Model):
    """One credential of a source; several may be valid at once, so that keys can be rotated.

    Exactly one of the two is filled: `key_hash`, the SHA-256 (hex) of a bearer key, or
    `secret_sealed`, a signing secret under Fernet.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="keys")
    key_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    secret_sealed = models.BinaryField(blank=True, default=b"", editable=False)
    created = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        kind = "key" if self.key_hash else "signing secret"
        return f"{kind} {self.pk} of {self.source}"


def new_token(prefix: str) -> str:
    """Return a fresh secret of 256 bits with a readable prefix, such as `gmv_in_…`."""
    return f"{prefix}_{secrets.token_urlsafe(32)}"
