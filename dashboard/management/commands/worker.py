"""`worker`: one Celery worker alone, for a host of its own."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings

from dashboard.management.command import BoardCommand, started_safely
from dashboard.runtime import roles


class Command(BoardCommand):
    """Become the worker. Exit 2: cannot start."""

    help = "Run one worker against servers of your own; any number may run, on any hosts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--concurrency", type=int, default=1, help="processes that count (%(default)s)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started_safely()
        os.chdir(settings.BASE_DIR)
        os.environ.update(roles.WORKER_ENV, DATA_DIR=str(settings.DATA_DIR))
        command = roles.worker_command(options["concurrency"])
        os.execv(command[0], command)  # noqa: S606
