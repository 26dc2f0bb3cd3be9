"""What a web server is given before it serves: a socket that listens, and files enough."""

import argparse
import resource
import socket
from collections.abc import Sequence

from dashboard.runtime.checks import listen


def socket_of(argv: Sequence[str]) -> socket.socket:
    """Return the socket to serve on: a new one, or one that listens already.

    Raises `Refused`.
    """
    parser = argparse.ArgumentParser(description="The board's web server.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--fd", type=int, help="a socket that listens already, in place of both")
    options = parser.parse_args(argv)
    if options.fd is not None:
        listening = socket.socket(fileno=options.fd)
    else:
        listening = listen(options.host, options.port)
    listening.setblocking(False)
    return listening


def many_files() -> None:
    """Allow this process as many open files, sockets among them, as it may have."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
