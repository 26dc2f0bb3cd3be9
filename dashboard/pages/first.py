"""The figures that a wall's page brings along: its first number needs no request of its own."""

import msgspec
import redis
from django.db import DatabaseError

from dashboard.pulse import publish
from dashboard.store.connect import impatient
from dashboard.store.tables import Campaign

# A day's minutes are some 100 kB, and no part of the total.
_ASIDE = frozenset({"minutes", "by"})


def first_figures(campaign: Campaign) -> dict[str, object] | None:
    """Return the newest snapshot without minutes and shares; None where none can be read now."""
    try:
        body = publish.newest_snapshot(impatient(), campaign.pk)
    except (redis.RedisError, DatabaseError):
        return None
    if body is None:
        return None
    whole: dict[str, object] = msgspec.json.decode(body)
    return {name: value for name, value in whole.items() if name not in _ASIDE} | {"minutes": []}
