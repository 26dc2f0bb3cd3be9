"""Runs a server for as long as its standard input is open: `leash.py GRACE_SIGNAL PROGRAM …`.

The tests hold the other end, so that however they end, and be it by kill -9, the kernel closes it
and the server goes, with everything it started. Root gives way to `nobody`: PostgreSQL will not
run as root, and nobody else need.
"""

import os
import pwd
import signal
import subprocess
import sys
import threading

_GRACE_S = 5


def main(stop: signal.Signals, argv: list[str]) -> None:
    """Run `argv` in a process group of its own; end it when the input does."""
    nobody = pwd.getpwnam("nobody")
    server = subprocess.Popen(
        argv,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        user=nobody.pw_uid if root() else None,
        group=nobody.pw_gid if root() else None,
        extra_groups=[] if root() else None,
    )
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # told to all of the tests: their end is ours
    threading.Thread(target=_when_it_ends, args=(server,), daemon=True).start()
    sys.stdin.buffer.read()
    server.send_signal(stop)
    try:
        server.wait(_GRACE_S)
    finally:
        _kill(server)


def root() -> bool:
    """Return whether we may, and must, become somebody else."""
    return os.getuid() == 0


def _when_it_ends(server: subprocess.Popen[bytes]) -> None:
    code = server.wait()
    _kill(server)
    os._exit(code & 0xFF)


def _kill(server: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(server.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


if __name__ == "__main__":
    main(signal.Signals[sys.argv[1]], sys.argv[2:])
