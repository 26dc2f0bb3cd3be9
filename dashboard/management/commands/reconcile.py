"""`reconcile`: recompute every figure from the ledger and compare it with what the board shows."""

import sys
from argparse import ArgumentParser
from typing import Any

import redis
from django.core.management.base import CommandError
from tqdm import tqdm

from dashboard.management.command import LongCommand
from dashboard.store import checks, connect, ledger
from dashboard.store.checks import Verdict
from dashboard.store.tables import Campaign
from dashboard.tally.anew.refunds import Overrefunded
from dashboard.tally.rebuild import RebuildFailed, rebuild
from dashboard.tally.reconcile import Report, Restless, reconcile
from gmvboard.clock import now_ms

_LINES_SHOWN = 50


class Command(LongCommand):
    """Exit 0 where all figures agree with the ledger, 1 where any differs, 2 if unreadable."""

    help = (
        "Recompute every figure of a campaign from the ledger and compare it with what the board "
        "shows. Exit 0 only where all agree; 1 where any differs; 2 where it could not be done. "
        "Orders refunded above what they paid are listed as well: something to look into, but no "
        "difference."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("slug", help="the campaign")
        parser.add_argument(
            "--repair", action="store_true", help="rebuild the figures if any differs"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = self.campaign(options["slug"])
        try:
            report = self._reconcile(campaign)
            if report.differences and options["repair"]:
                self._rebuild(campaign)
                report = self._reconcile(campaign)
        except (
            connect.NoRedis,
            redis.RedisError,
            ledger.CorruptBatch,
            RebuildFailed,
            Restless,
        ) as error:
            raise CommandError(str(error), returncode=2) from error
        if report.differences:
            raise CommandError(f"{len(report.differences)} figures differ", returncode=1)

    def _reconcile(self, campaign: Campaign) -> Report:
        client = connect.require()
        with self._bar(campaign, "recomputing") as bar:
            report = reconcile(client, campaign.pk, bar.update)
        found = report.differences
        checks.record(
            campaign.pk, Verdict(report.position, now_ms(), not found, "".join(found[:1]))
        )
        for line in found[:_LINES_SHOWN]:
            self.stdout.write(f"differs: {line}")
        self._tell_overrefunded(campaign, report.overrefunded)
        self.tell_isolated(campaign)
        self.stdout.write(
            f"{campaign.slug}: position {report.position}, {report.events} events counted, "
            f"{report.conflicts} conflicts, gross of all minutes {report.gross} "
            f"{campaign.currency} minor units, {len(found)} differences"
        )
        return report

    def _tell_overrefunded(self, campaign: Campaign, orders: list[Overrefunded]) -> None:
        for order in orders[:_LINES_SHOWN]:
            self.stdout.write(
                f"refunded above paid: order {order.order_id!r} paid {order.paid}, refunded "
                f"{order.refunded}, {order.refunded - order.paid} {campaign.currency} minor units "
                "more"
            )
        if len(orders) > _LINES_SHOWN:
            self.stdout.write(f"refunded above paid: {len(orders)} orders in all")

    def _rebuild(self, campaign: Campaign) -> None:
        with self._bar(campaign, "rebuilding") as bar:
            position = rebuild(connect.require(), campaign.pk, bar.update)
        self.stdout.write(f"{campaign.slug}: rebuilt up to position {position}")

    def _bar(self, campaign: Campaign, what: str) -> "tqdm[Any]":
        return tqdm(
            total=ledger.events(campaign.pk),
            desc=what,
            unit="event",
            disable=not sys.stderr.isatty(),
        )
