"""Credentials of sources: issued, sealed, revoked, and read all at once as a keyring."""

import base64
import logging
import secrets
from functools import lru_cache

import msgspec
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils import timezone

from dashboard.core.clock import Clock
from dashboard.core.rates import Rates
from dashboard.store import rates
from dashboard.store.campaigns import hash_token
from dashboard.store.tables import Campaign, Source, SourceKey, new_token

log = logging.getLogger(__name__)

# Standard Webhooks: a secret is 24 to 64 random bytes, written in base64 after this prefix.
SECRET_PREFIX = "whsec_"  # noqa: S105
_SECRET_BYTES = 32


class Facts(msgspec.Struct, frozen=True):
    """What accepting needs to know of a campaign; `payment_cap` in minor units.

    `rates` are of the currencies that it accepts beside its own.
    """

    campaign_id: int
    slug: str
    currency: str
    payment_cap: int
    clock: Clock
    rates: Rates = {}


class Grant(msgspec.Struct, frozen=True):
    """What a credential allows: to write into one source of one campaign, so much a second."""

    source_id: int
    source_name: str
    campaign: Facts
    events_per_second: int = 1_000_000


class Keyring(msgspec.Struct, frozen=True):
    """Every credential in force, and every campaign, as the database had them at one moment.

    `bearers`: by the SHA-256 (hex) of the key; `secrets`: signing secrets by campaign's slug.
    """

    campaigns: frozenset[str]
    bearers: dict[str, Grant]
    secrets: dict[str, list[tuple[bytes, Grant]]]


def facts_of(campaign: Campaign) -> Facts:
    """Return what accepting needs to know of a campaign, its rates included. One query."""
    return _facts(campaign, rates.of(campaign))


def _facts(campaign: Campaign, rated: Rates) -> Facts:
    return Facts(
        campaign.pk, campaign.slug, campaign.currency, campaign.payment_cap, campaign.clock, rated
    )


def issue_key(source: Source) -> str:
    """Make a bearer key of `source` and return it; only its digest is kept."""
    key = new_token("gmv_in")
    SourceKey.objects.create(source=source, key_hash=hash_token(key))
    return key


def issue_signing_secret(source: Source) -> str:
    """Make a Standard Webhooks secret (`whsec_…`) of `source` and return it; it is kept sealed."""
    secret = secrets.token_bytes(_SECRET_BYTES)
    SourceKey.objects.create(source=source, secret_sealed=Fernet(_seal_key()).encrypt(secret))
    return SECRET_PREFIX + base64.b64encode(secret).decode()


def revoke(key: SourceKey) -> None:
    """End a credential; the doors follow within two seconds."""
    SourceKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())


def load_keyring() -> Keyring:
    """Read all credentials in force; those of a source switched off are not. Three queries."""
    rated = rates.by_campaign()
    facts = {one.pk: _facts(one, rated.get(one.pk, {})) for one in Campaign.objects.all()}
    seal_key = _seal_key()
    ring = Keyring(frozenset(one.slug for one in facts.values()), {}, {})
    rows = SourceKey.objects.filter(revoked_at=None, source__enabled=True).values_list(
        "key_hash",
        "secret_sealed",
        "source_id",
        "source__name",
        "source__campaign_id",
        "source__events_per_second",
    )
    for key_hash, sealed, source_id, source_name, campaign_id, rate in rows.order_by("pk"):
        if campaign_id not in facts:  # created between the two queries: in the next keyring
            continue
        most = rate or settings.SOURCE_EVENTS_PER_S
        grant = Grant(source_id, source_name, facts[campaign_id], most)
        if key_hash:
            ring.bearers[key_hash] = grant
        elif secret := _unseal(bytes(sealed), seal_key):
            ring.secrets.setdefault(grant.campaign.slug, []).append((secret, grant))
    return ring


def derived_key(purpose: str) -> bytes:
    """Return 32 bytes for one purpose, derived from SECRET_KEY by HKDF with SHA-256."""
    return _derive(settings.SECRET_KEY, purpose)


@lru_cache(maxsize=16)
def _derive(secret_key: str, purpose: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"gmvboard {purpose}".encode())
    return kdf.derive(secret_key.encode())


def _seal_key() -> bytes:
    return base64.urlsafe_b64encode(derived_key("signing secrets"))


@lru_cache(maxsize=4096)
def _unseal(sealed: bytes, seal_key: bytes) -> bytes:
    """Return a signing secret; empty where it was sealed under another SECRET_KEY.

    Remembered: the keyring is read once a second, and opening a seal takes 50 microseconds.
    """
    try:
        return Fernet(seal_key).decrypt(sealed)
    except InvalidToken:
        log.error("signing secret not opened, SECRET_KEY has changed: issue a new one")
        return b""
