"""Walls that were paired: which of them may see, and the end of that."""

import logging

from django.db import DatabaseError
from django.dispatch import Signal

from dashboard.store.campaigns import hash_token
from dashboard.store.tables import Screen
from dashboard.store.tables.screen import ADDRESS_CHARACTERS

log = logging.getLogger(__name__)

# A wall that is dark for so long is to be paired again.
LASTS_MS = 30 * 24 * 3_600_000
# How exactly it is known when a wall was last there: a write in so long, and not one a request.
SEEN_MS = 5 * 60_000
# Sent when a wall's right has ended.
revoked = Signal()


def admits(token: str, campaign_id: int, address: str, now_ms: int) -> bool:
    """Return whether `token` is that of a wall of this campaign, whose time then begins anew.

    Raises `django.db.DatabaseError`.
    """
    in_force = Screen.objects.filter(revoked_ms=None, until_ms__gt=now_ms)
    screen = in_force.filter(token_hash=hash_token(token), campaign_id=campaign_id).first()
    if screen is None:
        return False
    if now_ms - screen.seen_ms >= SEEN_MS:
        _note(screen, address, now_ms)
    return True


def _note(screen: Screen, address: str, now_ms: int) -> None:
    """Note where a wall is; a database that is busy, or only read, darkens no wall."""
    seen = {"seen_ms": now_ms, "until_ms": now_ms + LASTS_MS}
    try:
        Screen.objects.filter(pk=screen.pk, revoked_ms=None).update(
            address=address[:ADDRESS_CHARACTERS], **seen
        )
    except DatabaseError as error:
        log.warning("wall not noted screen=%s error=%s", screen.pk, error)


def revoke(screen_id: int, now_ms: int) -> bool:
    """End a wall's right; its sockets are told. False where it had none."""
    ended = Screen.objects.filter(pk=screen_id, revoked_ms=None).update(revoked_ms=now_ms)
    if ended:
        log.info("wall revoked screen=%s", screen_id)
        revoked.send(Screen)
    return bool(ended)
