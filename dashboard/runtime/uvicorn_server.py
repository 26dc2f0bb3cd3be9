"""The viewers' web server: `python -m dashboard.runtime.uvicorn_server`."""

import os
import sys

import django
from django.utils.module_loading import import_string

from dashboard.runtime import at_start
from dashboard.runtime.checks import Refused
from dashboard.runtime.connections import allowed
from dashboard.runtime.hardened_uvicorn.server import BoardServer
from dashboard.runtime.listening import many_files, socket_of
from dashboard.runtime.succession import Succession
from dashboard.runtime.versions import UVICORN, UntriedVersion, check_versions

# Sockets it is sized for, at a p99 of 250 ms; Daphne for 4,000.
VIEWERS = "10000"


def main(argv: list[str]) -> None:
    """Serve the board on `--host` and `--port`, or on the listening socket `--fd`."""
    listening, succession = socket_of(argv), Succession.from_environment()
    check_versions(UVICORN)
    many_files()
    os.environ.setdefault("VIEWERS", VIEWERS)
    at_start.settings_module()
    django.setup()
    application = import_string("gmvboard.asgi.application")
    drain = import_string("dashboard.live.drain.drain")
    at_start.done()
    server = BoardServer(application, listening, allowed(), drain, succession)
    server.serve_until_stopped()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (Refused, UntriedVersion) as error:
        sys.exit(str(error))
