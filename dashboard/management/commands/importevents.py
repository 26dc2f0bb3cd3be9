"""`importevents`: events from files into the ledger, as if they had come over HTTP."""

import sys
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from dashboard.management.command import LongCommand
from dashboard.replay import recorded
from dashboard.replay.intake import CampaignGone, Intake, Stopped
from dashboard.replay.progress import Progress
from dashboard.store import rehearsals
from gmvboard.clock import now_ms


class Command(LongCommand):
    """Import events; safe to run again: an id counts once. Exit 1: something was rejected."""

    help = "Import events from NDJSON or CSV (plain, .gz or .zst) or Parquet files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("slug", help="the campaign")
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--source",
            default="main",
            help="whose ids these are (%(default)s: the campaign's first source, so that an event "
            "sent over HTTP too counts once); another name for ids of another kind",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = self.campaign(options["slug"])
        source = rehearsals.source_of(campaign, options["source"])
        intake = Intake(source, now_ms, threading.Event().wait)
        try:
            self._import(options["files"], intake)
        except (recorded.BadFile, CampaignGone, Stopped) as error:
            self._tell(intake)
            raise CommandError(str(error)) from error
        self._tell(intake)
        if intake.totals.rejected:
            raise CommandError("some events were rejected: they are in the campaign's quarantine")

    def _import(self, files: list[Path], intake: Intake) -> None:
        whole, before = sum(recorded.size(path) for path in files), 0
        progress = Progress(whole, "B", sys.stderr)
        for path in files:
            for chunk in recorded.chunks(path):
                intake.take(chunk.lines)
                progress.show(before + chunk.read, f"{intake.totals.events:,} events")
            before += recorded.size(path)
        progress.close()

    def _tell(self, intake: Intake) -> None:
        totals = intake.totals
        self.stdout.write(
            f"{totals.events:,} events: {totals.accepted:,} accepted"
            f" ({totals.held:,} of them held), {totals.rejected:,} rejected"
        )
        for reason in totals.reasons:
            self.stderr.write(reason)
