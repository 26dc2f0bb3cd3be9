"""Leases: who leads, by a conditional update, so that one process at a time does."""

import os
import secrets
import socket

from django.db.models import Q

from dashboard.store.tables import Lease

# No lease is ever taken for so long: one that ends later was written before the clock was set back.
_NONSENSE_MS = 60_000


def new_holder() -> str:
    """Return a name for this process that no other has: host, process number, a random part."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


def take(name: str, holder: str, now_ms: int, ttl_ms: int) -> bool:
    """Take the lease `name` for `ttl_ms` from `now_ms` (real time), or renew it; True if held.

    It is free where it has run out, where it is `holder`'s own, and where it ends absurdly late.
    """
    free = (
        Q(holder=holder) | Q(until_ms__lte=now_ms) | Q(until_ms__gt=now_ms + ttl_ms + _NONSENSE_MS)
    )
    wanted = {"holder": holder, "until_ms": now_ms + ttl_ms}
    if Lease.objects.filter(free, name=name).update(**wanted):
        return True
    return Lease.objects.get_or_create(name=name, defaults=wanted)[1]


def release(name: str, holder: str) -> None:
    """Give the lease back, if `holder` has it: the next one need not wait for its end."""
    Lease.objects.filter(name=name, holder=holder).update(until_ms=0)
