"""Whose turn it is to count a campaign.

It spares work that two workers would both do; the commit needs no lock to be right. Functions
raise `redis.RedisError`.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import cast

import redis

from dashboard.store.tallies import key

_POLL_S = 0.01
# A step of the tally, or a trial of part of it, takes less.
TURN_MS = 3_000


def _where() -> str:
    """Return what all processes that see each other's numbers have in common; "" if unknown."""
    with suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    return ""


WHERE = _where()


def try_turn(client: redis.Redis, campaign_id: int, ms: int) -> bool:
    """Take the turn to count this campaign, for `ms` at most; False where another has it.

    That of a process of this machine that died is over at once; any other's when its time is.
    """
    name, mine = key(campaign_id, "turn"), f"{WHERE} {os.getpid()}".encode()
    if client.set(name, mine, nx=True, px=ms):
        return True
    with client.pipeline() as asking, suppress(redis.WatchError):  # then another was faster
        asking.watch(name)  # type: ignore[no-untyped-call]
        if _is_dead(cast("bytes | None", asking.get(name))):
            asking.multi()
            asking.set(name, mine, px=ms)
            asking.execute()
            return True
    return False


def _is_dead(holder: bytes | None) -> bool:
    """Return whether a turn's holder is a process that we would see, and do not."""
    where, _, number = (holder or b"").decode().rpartition(" ")
    if not where or where != WHERE:
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass  # another user's, and alive
    return False


def keep_turn(client: redis.Redis, campaign_id: int, ms: int) -> None:
    """Hold the turn for `ms` more."""
    client.pexpire(key(campaign_id, "turn"), ms)


def begin(client: redis.Redis, campaign_id: int, tried: tuple[int, int]) -> None:
    """Note that the batches after `tried[0]` up to `tried[1]` are being counted."""
    client.set(key(campaign_id, "begun"), f"{tried[0]} {tried[1]}")


def died(client: redis.Redis, campaign_id: int) -> tuple[int, int] | None:
    """Return what a worker had begun whose turn never ended; None where each ended. Told once."""
    begun = cast("bytes | None", client.getdel(key(campaign_id, "begun")))
    if begun is None:
        return None
    position, last = begun.split()
    return int(position), int(last)


def end_turn(client: redis.Redis, campaign_id: int) -> None:
    """Give the turn back; nothing is under way any more."""
    client.delete(key(campaign_id, "turn"), key(campaign_id, "begun"))


@contextmanager
def turn(client: redis.Redis, campaign_id: int, ms: int) -> Iterator[None]:
    """Have the turn, waiting for whoever holds it, so that the figures stand still meanwhile.

    Where a worker died whose turn it was, what it had begun is left for the next one to be told.
    """
    while not try_turn(client, campaign_id, ms):
        time.sleep(_POLL_S)
    try:
        yield
    finally:
        client.delete(key(campaign_id, "turn"))
