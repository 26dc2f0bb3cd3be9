"""Campaigns: look up and create."""

import hashlib
from datetime import datetime

from django.db import transaction

from dashboard.store.tables import Campaign, LedgerHead, Source


def by_slug(slug: str) -> Campaign | None:
    """Return the campaign with this slug, or None."""
    return Campaign.objects.filter(slug=slug).first()


def by_id(campaign_id: int) -> Campaign | None:
    """Return the campaign with this primary key, or None."""
    return Campaign.objects.filter(pk=campaign_id).first()


def all_campaigns() -> list[Campaign]:
    """Return every campaign, by start and slug."""
    return list(Campaign.objects.all())


def hash_token(token: str) -> str:
    """Return the SHA-256 (hex) that stands for a token in the database.

    Tokens are 256 random bits, so that a plain digest cannot be guessed backwards.
    """
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def create(
    slug: str,
    *,
    name: str,
    currency: str,
    timezone: str,
    start: datetime,
    end: datetime,
    visibility: str = Campaign.TOKEN,
    read_token: str = "",
    **fields: object,
) -> tuple[Campaign, Source]:
    """Create a campaign, the head of its ledger and its first source, `main`.

    Raises `django.core.exceptions.ValidationError`, which names each wrong field.
    """
    campaign = Campaign(
        slug=slug,
        name=name,
        currency=currency,
        timezone=timezone,
        start=start,
        end=end,
        visibility=visibility,
        read_token_hash=hash_token(read_token) if read_token else "",
        **fields,
    )
    campaign.full_clean()
    campaign.save()
    LedgerHead.objects.create(campaign=campaign)
    return campaign, Source.objects.create(campaign=campaign, name="main")
