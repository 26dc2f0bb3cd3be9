"""Feeds and their accounts: what is no secret stands beside the feed, secrets are sealed."""

import base64
from collections.abc import Collection, Mapping

import msgspec
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from dashboard.store.keys import derived_key
from dashboard.store.tables import Feed, Milestone


class KeyChanged(Exception):
    """A feed's secrets were sealed under a key that is not ours any more."""

    def __init__(self, feed: Feed) -> None:
        super().__init__(
            f"{feed}: its secrets were sealed under another key: add that one to FEED_KEY, after a "
            "comma (without FEED_KEY it is SECRET_KEY that has changed), or enter them again"
        )


class Opened(dict[str, str]):
    """An account by its fields' names; what is printed of it are the names alone."""

    def __repr__(self) -> str:
        return f"Opened({', '.join(self)})"

    __str__ = __repr__


def account(feed: Feed) -> Opened:
    """Return what is known of an account, secrets opened. Raises `KeyChanged`."""
    return Opened(feed.options | _secrets(feed))


def set_account(feed: Feed, fields: Mapping[str, str], secret_names: Collection[str]) -> None:
    """Put an account into `feed`, those of `secret_names` sealed; `feed_changes.keep` saves it.

    What is empty is left out, and what was known before and is not among `fields` forgotten.
    """
    given = {name: value for name, value in fields.items() if value}
    feed.sealed = _seal({name: given.pop(name) for name in secret_names if name in given})
    feed.options = given


def reseal() -> int:
    """Seal all secrets anew, under the first key; return of how many feeds. Raises `KeyChanged`."""
    with transaction.atomic():
        sealed = [one for one in Feed.objects.select_for_update().order_by("pk") if one.sealed]
        for feed in sealed:
            feed.sealed = _seal(_secrets(feed))
            feed.save(update_fields=["sealed"])
    return len(sealed)


def of(slug: str = "") -> QuerySet[Feed]:
    """Return the feeds of a campaign, or with no `slug` every feed; the operators' come first."""
    some = Feed.objects.select_related("campaign").order_by("campaign__slug", "name")
    return some.filter(campaign__slug=slug) if slug else some


def of_milestone(row: Milestone) -> list[Feed]:
    """Return the feeds that are told of a milestone: its campaign's public ones, some, or none."""
    public = Feed.objects.filter(campaign_id=row.campaign_id, audience=Feed.PUBLIC)
    if row.goes_to == Milestone.CHOSEN:
        public = public.filter(milestones=row)
    return [] if row.goes_to == Milestone.NONE else list(public.order_by("pk"))


def by_name(name: str) -> Feed | None:
    """Return the feed called CAMPAIGN/NAME or operators/NAME, or None."""
    return next((feed for feed in of() if str(feed) == name), None)


def _seal(secrets: Mapping[str, str]) -> bytes:
    return _locks().encrypt(msgspec.json.encode(secrets)) if secrets else b""


def _secrets(feed: Feed) -> dict[str, str]:
    if not feed.sealed:
        return {}
    try:
        opened = _locks().decrypt(bytes(feed.sealed))
    except InvalidToken:
        raise KeyChanged(feed) from None
    return msgspec.json.decode(opened, type=dict[str, str])


def _locks() -> MultiFernet:
    # The first seals, all open. SECRET_KEY's is the last: it opens what was sealed before FEED_KEY.
    derived = base64.urlsafe_b64encode(derived_key("feed secrets")).decode()
    keys: list[str] = [*settings.FEED_KEYS, derived]
    return MultiFernet([Fernet(key) for key in keys])
