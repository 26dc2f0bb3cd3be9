"""Collects the static files into the data folder, when they are not those of last time."""

import fcntl
import hashlib
from importlib.metadata import version
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

_STAMP = ".collected"


def collect(root: Path) -> bool:
    """Collect into `root` unless what is there was made of the same files; True where it did."""
    found, stamp = fingerprint(), root / _STAMP
    root.mkdir(parents=True, exist_ok=True)
    with root.with_suffix(".lock").open("w") as lock:  # several roles of a host begin at once
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.is_file() and stamp.read_text() == found:
            return False
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(found)
    return True


def fingerprint() -> str:
    """Return a digest of the names, sizes and times of all source files, and of who packs them."""
    digest = hashlib.sha256(version("servestatic").encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
