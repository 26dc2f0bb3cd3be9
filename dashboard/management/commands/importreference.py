"""`importreference`: another year of a campaign, as the curve to beat."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from dashboard.core.clock import MINUTE_MS
from dashboard.management.command import LongCommand
from dashboard.replay import reference_file
from dashboard.store import other_years
from dashboard.store.other_years import OtherYear
from dashboard.store.tables import Campaign


class Command(LongCommand):
    """Import a year's minutes or total; a year of the same label is replaced."""

    help = "Import another year: a CSV of minute,gross in minor units, or one total."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("slug", help="the campaign")
        parser.add_argument("file", type=Path)
        parser.add_argument("--label", required=True, help="how screens name it, such as 2011")
        parser.add_argument("--basis", default="", help="what that year's total covers")
        parser.add_argument("--basis-zh", default="", help="the same in Chinese")
        parser.add_argument(
            "--not-primary", action="store_true", help="load it beside the year compared with"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = self.campaign(options["slug"])
        figures = self._read(campaign, options["file"])
        year = OtherYear(
            label=options["label"],
            total=figures.total,
            minutes=figures.minutes,
            basis=options["basis"],
            basis_zh=options["basis_zh"],
        )
        try:
            other_years.put(campaign, year, primary=not options["not_primary"])
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(
            f"{year.label}: total {year.total} minor units, {len(year.minutes)} minutes"
        )

    def _read(self, campaign: Campaign, path: Path) -> reference_file.Figures:
        window_minutes = (campaign.end_ms - campaign.start_ms) // MINUTE_MS
        try:
            text = path.read_text(encoding="utf-8-sig")
            return reference_file.read(text, campaign.start, campaign.timezone, window_minutes)
        except (OSError, UnicodeDecodeError, reference_file.BadReference) as error:
            raise CommandError(f"{path}: {error}") from error
