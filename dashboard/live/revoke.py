"""Rights that end: told to every server process, which has its open sockets asked again (H20).

A logout, a password changed, a login taken away or a wall revoked. The message is no promise, as
none of the layer's is: each socket is asked again every minute as well.
"""

import logging
from typing import Any

import redis
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.signals import post_delete, post_save

from dashboard.pulse.publish import GROUP, REVOKE
from dashboard.store import screens
from dashboard.store.tables import Screen

log = logging.getLogger(__name__)


def follow() -> None:
    """Tell of every right that ends from now on; for Django's start."""
    screens.revoked.connect(_tell_once_written)
    post_save.connect(_tell_once_written, sender=get_user_model())
    for table in (get_user_model(), Session, Screen):
        post_delete.connect(_tell_once_written, sender=table)


def tell() -> None:
    """Have every open socket asked again; where Redis is away, within a minute all the same."""
    try:
        async_to_sync(get_channel_layer().group_send)(GROUP, {"type": REVOKE})
    except (redis.RedisError, OSError) as error:
        log.warning("sockets not told of an ended right error=%s", type(error).__name__)


def _tell_once_written(
    created: bool = False, update_fields: frozenset[str] | None = None, **_: Any
) -> None:
    """Tell when it is committed; a new login, or the time of one, takes nothing from anybody."""
    if not created and update_fields != frozenset({"last_login"}):
        transaction.on_commit(tell)
