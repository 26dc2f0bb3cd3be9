"""`importrates`: the currencies that a campaign accepts beside its own, and their dated rates."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from dashboard.core import rate_file
from dashboard.management.command import LongCommand
from dashboard.store import rates


class Command(LongCommand):
    """Enter rates, all of a file or none; those that hold already are left as they are."""

    help = (
        "Import rates of exchange: a CSV of currency,from,rate. An event is converted once, when"
        " it is accepted, by the rate that held when it occurred, and rounded half even; what was"
        " counted before keeps its amount. Can be run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("slug", help="the campaign")
        parser.add_argument("file", type=Path, help="rows such as USD,2012-11-11,6.2384")

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = self.campaign(options["slug"])
        path = options["file"]
        try:
            text = path.read_text(encoding="utf-8-sig")
            rows = rate_file.read(text, campaign.currency, campaign.timezone)
        except (OSError, UnicodeDecodeError, rate_file.BadRates) as error:
            raise CommandError(f"{path}: {error}") from error
        added = rates.add(campaign, rows)
        self.stdout.write(
            f"{campaign}: {added.new} rates new, {added.corrected} corrected (for events accepted"
            f" from now on), {added.known} known already"
        )
