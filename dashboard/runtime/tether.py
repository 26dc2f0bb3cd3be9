"""Runs a program that dies with the process that started it: `tether.py PARENT PROGRAM ARGUMENT…`.

On Linux the kernel kills it with the parent, however the parent dies. A program of its own, rather
than a function between fork and exec: nothing of the parent's state can hang it there. Only the
standard library's fast parts are used: it costs 15 ms a start.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(parent: int, argv: list[str]) -> None:
    """Become `argv`, tied to the process `parent`; never returns."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the tie was made
        sys.exit(1)
    try:
        os.execvp(argv[0], argv)  # noqa: S606
    except OSError as error:
        sys.exit(f"cannot run {argv[0]}: {error.strerror}")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
