"""What every command of the board has in common."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dashboard.runtime import safety
from dashboard.runtime.checks import Refused
from dashboard.store import campaigns, isolated, patience
from dashboard.store.tables import Campaign


class BoardCommand(BaseCommand):
    """A command that knows `--data-dir`; manage.py reads it before the settings load."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--data-dir`."""
        parser.add_argument(
            "--data-dir", help="folder of the board's data (DATA_DIR, else var/ in the project)"
        )

    def campaign(self, slug: str) -> Campaign:
        """Return the campaign of this slug; ends with exit code 2 where there is none."""
        found = campaigns.by_slug(slug)
        if found is None:
            raise CommandError(f"slug: no campaign {slug!r}", returncode=2)
        return found

    def tell_isolated(self, campaign: Campaign) -> None:
        """Say how many events no figure speaks of, though the ledger has them."""
        if number := isolated.count(campaign.pk):
            self.stdout.write(
                f"{campaign.slug}: {number} events of the ledger are left out of every figure: "
                "see `isolated` in the quarantine"
            )


class LongCommand(BoardCommand):
    """A command that may take minutes over one statement, which nobody waits for."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command, with all the time its statements need."""
        with patience.unlimited():
            return super().execute(*args, **options)


def started_safely() -> None:
    """End a command, with exit code 2, whose servers would lose what they are told."""
    try:
        safety.before_role()
    except Refused as error:
        raise CommandError(str(error), returncode=2) from error
