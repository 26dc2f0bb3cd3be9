"""What must be true before the board starts; each check raises `Refused`, one line for a person."""

import errno
import fcntl
import ipaddress
import os
import socket
from pathlib import Path
from typing import IO

# Connections that wait while the web server is started again, rather than being refused.
_BACKLOG = 1024


class Refused(Exception):
    """The board cannot start; the message is one line and says what to do."""


def within(option: str, value: int, least: int, most: int) -> None:
    """Refuse a number that an option cannot have."""
    if not least <= value <= most:
        raise Refused(f"--{option} {value}: expected {least:,} to {most:,}")


def lock_data_folder(folder: Path) -> IO[str]:
    """Return the lock on a data folder: held as long as the file is open and this process lives."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "board.lock").open("a+")
    except OSError as error:
        raise Refused(f"data folder {folder}: cannot write there ({error.strerror})") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        with lock:
            lock.seek(0)
            holder = lock.read().strip()
        raise Refused(
            f"data folder {folder}: in use by another board (process {holder}); "
            "stop it, or choose another with --data-dir"
        ) from error
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def listen(host: str, port: int) -> socket.socket:
    """Return the socket the board answers on.

    The supervisor keeps it, so that callers wait instead of being refused while the web server is
    started again.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Refused(
                f"port {port}: already in use on {host}; choose another with --port (make: PORT=)"
            ) from error
        raise Refused(f"cannot listen on {host} port {port}: {error.strerror}") from error


def host_is_named(host: str, allowed_hosts: str) -> None:
    """Refuse to listen beyond this machine before ALLOWED_HOSTS says what walls will ask for."""
    if not allowed_hosts and not is_loopback(host):
        raise Refused(
            f"--host {host}: set ALLOWED_HOSTS to the names or addresses that walls use, "
            "such as ALLOWED_HOSTS=board.example,192.0.2.10"
        )


def is_loopback(host: str) -> bool:
    """Return True where only this machine can connect to `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
