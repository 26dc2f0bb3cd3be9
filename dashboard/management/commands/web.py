"""`web`: one web server alone, for a host of its own; `board` runs one beside everything else."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from dashboard.management.command import BoardCommand, started_safely
from dashboard.runtime import checks, static_files
from dashboard.runtime.checks import Refused
from dashboard.runtime.roles import SERVERS


class Command(BoardCommand):
    """Become the web server, with this host's static files collected. Exit 2: cannot start."""

    help = "Run one web server against servers of your own; any number may run, on any hosts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--port", type=int, default=8000, help="(%(default)s)")
        parser.add_argument(
            "--host", default="127.0.0.1", help="(%(default)s); another asks for ALLOWED_HOSTS"
        )
        parser.add_argument("--server", choices=SERVERS, default="daphne", help="(%(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            checks.host_is_named(options["host"], os.environ.get("ALLOWED_HOSTS", ""))
        except Refused as error:
            raise CommandError(str(error), returncode=2) from error
        started_safely()
        static_files.collect(settings.STATIC_ROOT)
        os.chdir(settings.BASE_DIR)
        os.environ["DATA_DIR"] = str(settings.DATA_DIR)
        launcher = ("-m", SERVERS[options["server"]])
        where = ("--host", options["host"], "--port", str(options["port"]))
        os.execv(sys.executable, [sys.executable, *launcher, *where])  # noqa: S606
