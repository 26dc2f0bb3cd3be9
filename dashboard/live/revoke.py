"""Rights that end: told to every server process, which has its open sockets asked again (H20).

A logout, a password changed, a login taken away or a wall revoked. The message is no promise, as
none of the layer's is: each socket is asked again every minute as well. It goes out from a thread,
so that a Redis that hangs holds up nobody's logout (H11); many rights that end are one message.
"""

import asyncio
import logging
from typing import Any

import redis
from channels.layers import get_channel_layer
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.signals import post_delete, post_save

from dashboard.live.merged import Merged
from dashboard.pulse.publish import GROUP, REVOKE
from dashboard.store import screens
from dashboard.store.tables import Screen

# At each message every socket that came with a cookie has the database asked.
GAP_S = 0.2
_TIMEOUT_S = 2.0
log = logging.getLogger(__name__)


def follow() -> None:
    """Tell of every right that ends from now on; for Django's start."""
    screens.revoked.connect(_tell_once_written)
    post_save.connect(_tell_once_written, sender=get_user_model())
    for table in (get_user_model(), Session, Screen):
        post_delete.connect(_tell_once_written, sender=table)


def tell() -> None:
    """Have every open socket asked again; where Redis is away, within a minute all the same."""
    _telling.ask()


def finish() -> None:
    """Return once all that was told is sent, or could not be; for a process that ends."""
    _telling.finish()


def _tell_once_written(
    created: bool = False, update_fields: frozenset[str] | None = None, **_: Any
) -> None:
    """Tell when it is committed; a new login, or the time of one, takes nothing from anybody."""
    if not created and update_fields != frozenset({"last_login"}):
        transaction.on_commit(tell)


def _send() -> None:
    try:
        asyncio.run(_send_in_time())
    except (redis.RedisError, OSError) as error:
        log.warning("sockets not told of an ended right error=%s", type(error).__name__)


async def _send_in_time() -> None:
    async with asyncio.timeout(_TIMEOUT_S):
        await get_channel_layer().group_send(GROUP, {"type": REVOKE})


_telling = Merged(_send, GAP_S)
