"""Walls that show a campaign without a login, and those that ask to. Times are real, in ms."""

from typing import ClassVar

from django.db import models

from dashboard.store.tables.campaign import Campaign

ADDRESS_CHARACTERS = 45  # the longest IPv6 address


class Pairing(models.Model):
    """A wall that shows `code` and waits for staff to confirm it, until `until_ms`.

    `slug` is what its address says, and need not be a campaign's.
    """

    code = models.CharField(max_length=6, unique=True)
    slug = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    address = models.CharField(max_length=ADDRESS_CHARACTERS)
    until_ms = models.BigIntegerField()

    def __str__(self) -> str:
        return f"wall of {self.slug} at {self.address}"


class Screen(models.Model):
    """A wall that staff confirmed: who has the token sees the wall of this one campaign.

    `token_hash` is the SHA-256 (hex) of 256 random bits; `until_ms` moves on while it is used.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="screens")
    name = models.CharField(max_length=40, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    paired_by = models.CharField(max_length=150)
    paired_ms = models.BigIntegerField()
    first_address = models.CharField(max_length=ADDRESS_CHARACTERS)
    address = models.CharField(max_length=ADDRESS_CHARACTERS)
    seen_ms = models.BigIntegerField()
    until_ms = models.BigIntegerField()
    revoked_ms = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-seen_ms"]

    def __str__(self) -> str:
        return self.name or f"wall {self.pk}"
