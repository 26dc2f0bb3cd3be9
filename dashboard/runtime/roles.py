"""The board's processes: how each is started, and how one knows that it works."""

import socket
import sys
from functools import partial

from django.conf import settings

from dashboard.runtime import embedded_redis, readiness
from dashboard.runtime.child import Child
from gmvboard.clock import now_ms
from gmvboard.draining import LONGEST_S

# A task may take 20 s; one that is killed is done again, so stopping does not wait for it.
_WORKER_GRACE_S = 8.0
# A request takes that long at most (alerts/outgoing.py).
_OUTBOX_DRAIN_S = 20.0
WORKER_ENV = {"CELERY_SKIP_CHECKS": "1"}
_REPLAY_DONE, _REPLAY_REFUSED = 0, 2
# Web servers by name, and their launchers; the first is the board's own choice.
SERVERS = {
    "daphne": "dashboard.runtime.daphne_server",
    "uvicorn": "dashboard.runtime.uvicorn_server",
}


def _manage(*arguments: str) -> tuple[str, ...]:
    """Return the command line of one of ours; Django's checks were made by the board already."""
    return (sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments, "--skip-checks")


def valkey() -> Child:
    """Return the embedded Redis. Raises `Refused` where none can be run."""
    folder, path = settings.DATA_DIR, settings.REDIS_SOCKET
    embedded_redis.private_folder(path, folder)
    memory = embedded_redis.memory_limit(embedded_redis.available_memory())
    return Child(
        name="valkey",
        argv=embedded_redis.command(embedded_redis.binary(), folder, path, memory),
        ready=readiness.redis_answers,
        prepare=partial(embedded_redis.prepare, folder),
    )


def beat() -> Child:
    """Return the sweeper."""
    return Child(name="beat", argv=_manage("beat"))


def pulse() -> Child:
    """Return the composer of frames."""
    return Child(name="pulse", argv=_manage("pulse"), says=True)


def outbox() -> Child:
    """Return the sender of posts; told to end it sees out what is under way, unless in a hurry."""
    return Child(name="outbox", argv=_manage("outbox"), drain_s=_OUTBOX_DRAIN_S)


def worker_command(concurrency: int) -> tuple[str, ...]:
    """Return the command line of the Celery worker."""
    options = ("--without-gossip", "--without-mingle", "--without-heartbeat")
    launcher = (sys.executable, "-m", "dashboard.runtime.celery_worker")
    return (*launcher, "--concurrency", str(concurrency), *options)


def worker(concurrency: int) -> Child:
    """Return the Celery worker; ready when a canary sent by beat has reached it."""
    return Child(
        name="worker",
        argv=worker_command(concurrency),
        ready=partial(readiness.worker_answers, now_ms()),
        grace_s=_WORKER_GRACE_S,
        env=WORKER_ENV,
        says=True,
    )


def web(listening: socket.socket, server: str) -> Child:
    """Return the web server, one of `SERVERS`, on a socket that listens already."""
    number = listening.fileno()
    launcher = (sys.executable, "-m", SERVERS[server], "--fd", str(number))
    address, port = listening.getsockname()[:2]
    loopback = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104
    host = settings.ALLOWED_HOSTS[0].lstrip(".")
    return Child(
        name=server,
        argv=launcher,
        drain_s=LONGEST_S,
        ready=partial(readiness.web_answers, (loopback, port), host),
        inherit=(number,),
        says=True,
    )


def replay(slug: str, curve: str, speed: int) -> Child:
    """Return the player of a past festival; it is over when the whole day was sent."""
    return Child(
        name="replay",
        argv=_manage("replay", slug, "--curve", curve, "--speed", str(speed)),
        final=frozenset({_REPLAY_DONE, _REPLAY_REFUSED}),
    )
