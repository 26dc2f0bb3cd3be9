"""What every command of the board has in common."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand


class BoardCommand(BaseCommand):
    """A command that knows `--data-dir`; manage.py reads it before the settings load."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--data-dir`."""
        parser.add_argument(
            "--data-dir", help="folder of the board's data (DATA_DIR, else var/ in the project)"
        )
