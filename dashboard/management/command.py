"""What every command of the board has in common."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from dashboard.runtime import safety
from dashboard.runtime.checks import Refused


class BoardCommand(BaseCommand):
    """A command that knows `--data-dir`; manage.py reads it before the settings load."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--data-dir`."""
        parser.add_argument(
            "--data-dir", help="folder of the board's data (DATA_DIR, else var/ in the project)"
        )


def started_safely() -> None:
    """End a command, with exit code 2, whose servers would lose what they are told."""
    try:
        safety.before_role()
    except Refused as error:
        raise CommandError(str(error), returncode=2) from error
