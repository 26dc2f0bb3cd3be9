"""Walls that wait to be paired: a short code each, which staff confirm.

A wall is given its token with the code, and may nothing until the code is confirmed: who confirms
it vouches for the screen that shows it. The token then need not be sent again.
"""

import logging
import secrets
from collections import Counter

from django.db import transaction

from dashboard.core.networks import network
from dashboard.store import campaigns
from dashboard.store.campaigns import hash_token
from dashboard.store.screens import LASTS_MS
from dashboard.store.tables import Campaign, Pairing, Screen, new_token
from dashboard.store.tables.screen import ADDRESS_CHARACTERS

log = logging.getLogger(__name__)

CODE_MS = 10 * 60_000
# Walls that wait at once, on the whole board; one more takes another's place. Even then a code
# typed wrong is another wall's once in 47,000 times.
MOST = 1_000
# Told apart from 10 m and over the telephone; no vowels, so that no code is a word.
LETTERS = "CDFHJKMNPRTWXY34679"
_CODE_LENGTH = 6

UNKNOWN, ELSEWHERE, STAFF_ONLY = "unknown", "elsewhere", "staff_only"


class NotPaired(Exception):
    """A code was not confirmed. `why`: UNKNOWN, ELSEWHERE or STAFF_ONLY; the message names it."""

    def __init__(self, why: str, message: str) -> None:
        super().__init__(message)
        self.why = why


def waiting(slug: str, token: str, now_ms: int) -> Pairing | None:
    """Return the code that the wall with this token shows; None where it has none, or it is over.

    Raises `django.db.DatabaseError`.
    """
    valid = Pairing.objects.filter(until_ms__gt=now_ms)
    return valid.filter(token_hash=hash_token(token), slug=slug).first()


@transaction.atomic
def begin(slug: str, address: str, now_ms: int) -> tuple[str, Pairing]:
    """Give a wall at `address` a token and a code; raises `django.db.DatabaseError`."""
    Pairing.objects.filter(until_ms__lte=now_ms).delete()
    while Pairing.objects.count() >= MOST:  # again where another process made the same room
        _make_room()
    token = new_token("gmv_wall")
    pairing = Pairing.objects.create(
        code=_new_code(),
        slug=slug,
        token_hash=hash_token(token),
        address=address[:ADDRESS_CHARACTERS],
        until_ms=now_ms + CODE_MS,
    )
    return token, pairing


@transaction.atomic
def confirm(
    code: str, by: str, now_ms: int, *, name: str = "", only: Campaign | None = None
) -> Screen:
    """Pair the wall that shows `code`, once; with `only`, if its address is that campaign's.

    `by` says who confirms it, `name` where it hangs. Raises `NotPaired`.
    """
    valid = Pairing.objects.select_for_update().filter(until_ms__gt=now_ms)
    pairing = valid.filter(code=as_written(code)).first()
    if pairing is None:
        raise NotPaired(UNKNOWN, "no wall shows this code now; one holds for 10 minutes, once")
    campaign = _campaign_of(pairing, only)
    pairing.delete()
    screen = Screen.objects.create(
        campaign=campaign,
        name=name[:40],
        token_hash=pairing.token_hash,
        paired_by=by[:150],
        paired_ms=now_ms,
        first_address=pairing.address,
        address=pairing.address,
        seen_ms=now_ms,
        until_ms=now_ms + LASTS_MS,
    )
    log.info("wall paired screen=%s campaign=%s by=%s", screen.pk, campaign.slug, by)
    return screen


def as_written(code: str) -> str:
    """Return a code as it is stored, however it was typed: in small letters, with spaces or `-`."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def _campaign_of(pairing: Pairing, only: Campaign | None) -> Campaign:
    campaign = campaigns.by_slug(pairing.slug)
    if campaign is None or only not in (None, campaign):
        raise NotPaired(ELSEWHERE, f"the wall that shows it asks for {pairing.slug!r}")
    if campaign.visibility == Campaign.STAFF:
        raise NotPaired(STAFF_ONLY, f"{campaign.slug} is for staff alone, who log in")
    return campaign


def _make_room() -> None:
    """Forget a wall of the network where most wait, the one there that has waited longest.

    Networks are as large as a site is given at most: who has many addresses shuts nobody else out.
    """
    waiting = Pairing.objects.order_by("until_ms", "pk").values_list("pk", "address")
    networks = {pk: network(address, ipv4=24, ipv6=48) for pk, address in waiting}
    ((busiest, _),) = Counter(networks.values()).most_common(1)
    oldest = next(pk for pk, one in networks.items() if one == busiest)
    Pairing.objects.filter(pk=oldest).delete()


def _new_code() -> str:
    """Return a code that no wall shows."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(_CODE_LENGTH))
        if not Pairing.objects.filter(code=code).exists():
            return code
