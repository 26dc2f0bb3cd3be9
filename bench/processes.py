"""What processes cost: CPU and resident memory by role, children included."""

from collections.abc import Iterator, Mapping

import psutil


def _family(pid: int) -> Iterator[psutil.Process]:
    try:
        parent = psutil.Process(pid)
        yield parent
        yield from parent.children(recursive=True)
    except psutil.NoSuchProcess:
        return


def cpu_s(pids: Mapping[str, int]) -> dict[str, float]:
    """Return the CPU seconds, user and system, that each role has used since it began."""
    return {role: sum(map(_used_s, _family(pid))) for role, pid in pids.items()}


def rss(pids: Mapping[str, int]) -> dict[str, int]:
    """Return the resident bytes of each role."""
    return {role: sum(map(_resident, _family(pid))) for role, pid in pids.items()}


def _used_s(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
