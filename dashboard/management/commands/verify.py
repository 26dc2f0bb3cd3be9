"""`verify`: the whole ledger against its digests and its seals."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from dashboard.management.command import LongCommand
from dashboard.store import ledger
from dashboard.store.tables import Campaign
from dashboard.tally.verify import Verdict, verify


class Command(LongCommand):
    """Exit 0 where the ledger is as it was written, 1 where a batch was altered."""

    help = (
        "Check every batch of a campaign's ledger against its own digest, its neighbours and the "
        "chain of seals made over settled batches. Exit 0 where all agree; 1 where one does not, "
        "and the first such batch is named. The newest seal is printed: written down elsewhere, "
        "it vouches for everything before it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("slug", help="the campaign")

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = self.campaign(options["slug"])
        found = self._verify(campaign)
        self.stdout.write(
            f"{campaign.slug}: {found.position} batches and {found.events} events agree, "
            f"sealed up to {found.sealed}: {found.seal.hex()}"
        )
        self.tell_isolated(campaign)
        if found.fault:
            raise CommandError(f"{campaign.slug}: {found.fault}", returncode=1)

    def _verify(self, campaign: Campaign) -> Verdict:
        with tqdm(
            total=ledger.events(campaign.pk),
            desc="verifying",
            unit="event",
            disable=not sys.stderr.isatty(),
        ) as bar:
            return verify(campaign.pk, bar.update)
