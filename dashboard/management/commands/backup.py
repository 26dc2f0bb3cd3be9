"""`backup`: the ledger and all settings into one file, while the board goes on."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import Error as DatabaseError

from dashboard.management.command import LongCommand
from dashboard.store import backup


class Command(LongCommand):
    """Copy the database. Exit 1: not copied."""

    help = "Copy the board's SQLite database, as of one moment, into a file (PostgreSQL: pg_dump)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="must not be there yet")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"]
        try:
            backup.copy(target)
        except (backup.NotHere, OSError, DatabaseError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{target}: {target.stat().st_size:,} bytes")
        key = settings.DATA_DIR / "secret.key"
        if key.exists():
            self.stdout.write(f"Keep {key} as well: it reads the signing secrets in this file.")
