"""The web server's launcher: `python -m dashboard.runtime.daphne_server`."""

import argparse
import socket
import sys

import django
from django.utils.module_loading import import_string

from dashboard.runtime.checks import Refused, listen
from dashboard.runtime.hardened_daphne import BoardServer, UntriedVersion, check_versions


def main(argv: list[str]) -> None:
    """Serve the board on `--host` and `--port`, or on the listening socket `--fd`."""
    parser = argparse.ArgumentParser(description="The board's web server.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--fd", type=int, help="a socket that listens already, in place of both")
    options = parser.parse_args(argv)
    check_versions()
    django.setup()
    if options.fd is not None:
        listening = socket.socket(fileno=options.fd)
    else:
        listening = listen(options.host, options.port)
    listening.setblocking(False)
    BoardServer(import_string("gmvboard.asgi.application"), listening).run()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (Refused, UntriedVersion) as error:
        sys.exit(str(error))
