"""The web server's launcher: `python -m dashboard.runtime.daphne_server`."""

import sys

import django
from django.conf import settings
from django.utils.module_loading import import_string

from dashboard.runtime import at_start
from dashboard.runtime.checks import Refused
from dashboard.runtime.connections import allowed
from dashboard.runtime.hardened_daphne.server import BoardServer
from dashboard.runtime.listening import many_files, socket_of
from dashboard.runtime.succession import Succession
from dashboard.runtime.versions import DAPHNE, UntriedVersion, check_versions


def main(argv: list[str]) -> None:
    """Serve the board on `--host` and `--port`, or on the listening socket `--fd`."""
    listening, succession = socket_of(argv), Succession.from_environment()
    check_versions(DAPHNE)
    many_files()
    at_start.settings_module()
    django.setup()
    application = import_string("gmvboard.asgi.application")
    drain = import_string("dashboard.live.drain.drain")
    at_start.done()
    life_s = settings.SOCKET_LIFE_S
    BoardServer(application, listening, allowed(), drain, succession, life_s).run()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (Refused, UntriedVersion) as error:
        sys.exit(str(error))
