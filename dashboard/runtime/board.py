"""The whole board in order: Redis, then what needs it, then the replay; and back again."""

import asyncio
import logging
import socket
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from django.conf import settings
from django.db import connections

from dashboard.runtime import deafness, readiness, roles, safety
from dashboard.runtime.checks import Refused
from dashboard.runtime.child import Child
from dashboard.runtime.supervisor import Supervisor
from dashboard.store.connect import NoRedis, require
from gmvboard.logs import masked

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


async def run(
    listening: socket.socket,
    workers: int,
    server: str,
    before_start: Callable[[], Child | None],
    when_ready: Callable[[], None],
) -> None:
    """Run the board until it is told to stop.

    `before_start` is called once Redis answers and before anything else runs; the child it may
    return is started last, after `when_ready` was called. Raises `Refused` and `NotReady`, with
    everything stopped again.
    """
    supervisor = Supervisor(settings.DATA_DIR / "processes.json")
    supervisor.heed_signals()
    try:
        if settings.REDIS_EMBEDDED:
            await supervisor.start(roles.valkey())
        await asyncio.to_thread(_with_database_closed, _check_servers)
        last = await asyncio.to_thread(_with_database_closed, before_start)
        children = (roles.beat(), roles.pulse(), roles.outbox(), roles.worker(workers))
        await supervisor.start(*children, roles.web(listening, server))
        if supervisor.stopping.is_set():
            return
        await asyncio.to_thread(_with_database_closed, when_ready)
        if last:
            await supervisor.start(last)
        restart_worker = partial(supervisor.restart, "worker")
        await supervisor.run(partial(deafness.watch, readiness.canary_signs, restart_worker))
    finally:
        listening.close()  # from now on callers are refused rather than kept waiting
        await supervisor.stop()


def _with_database_closed(ask: Callable[[], Answer]) -> Answer:
    """Call `ask` in this thread and leave no database connection behind in it."""
    try:
        return ask()
    finally:
        connections.close_all()


def _check_servers() -> None:
    try:
        require().close()
    except NoRedis as error:
        raise Refused(masked(f"no answer from Redis at {settings.REDIS_URL}")) from error
    safety.refuse_what_loses()
