"""`ladder`: many milestones in one step."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from dashboard.core import ladders
from dashboard.management import rule_arguments
from dashboard.management.command import BoardCommand
from dashboard.store import rules
from dashboard.store.tables import Campaign, Milestone

_KINDS = [Milestone.AMOUNT, Milestone.PAYMENTS, Milestone.ORDERS, Milestone.COUNTER]
_KINDS += [Milestone.SHARE, Milestone.PEAK_SECOND]


class Command(BoardCommand):
    """Add 1, 2, 5, 10 … between two amounts, or a bulletin each hour; what is there stays."""

    help = "Add a ladder of milestones: 1, 2, 5, 10 … from --from to --to, or --bulletins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("slug")
        parser.add_argument("--kind", choices=_KINDS, default=Milestone.AMOUNT)
        parser.add_argument("--from", dest="first", help="such as 1e8, 1亿")
        parser.add_argument("--to", dest="last", help="such as 1e10, 100亿")
        parser.add_argument(
            "--bulletins", action="store_true", help="after 1 and 10 minutes, and each hour"
        )
        rule_arguments.add(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = self.campaign(options["slug"])
        kind = Milestone.BULLETIN if options["bulletins"] else options["kind"]
        wanted = self._wanted(campaign, kind, options)
        if not 0 < len(wanted) <= ladders.MOST:
            raise CommandError(f"to: expected 1 to {ladders.MOST} milestones, got {len(wanted)}")
        rungs = [rule_arguments.rule(campaign, kind, amount, options) for amount in wanted]
        try:
            made = rules.add_all(campaign, rungs)
        except ValidationError as error:
            raise rule_arguments.refused(error) from error
        for row in made:
            self.stdout.write(row.key)
        self.stdout.write(f"{len(made)} added, {len(wanted) - len(made)} were there")

    def _wanted(self, campaign: Campaign, kind: str, options: dict[str, Any]) -> list[int]:
        if kind == Milestone.BULLETIN:
            return ladders.bulletins((campaign.end_ms - campaign.start_ms) // 1000)
        if not (options["first"] and options["last"]):
            raise CommandError("from, to: expected two amounts, or --bulletins")
        first, last = (
            rule_arguments.amount(campaign, kind, options[name]) for name in ("first", "last")
        )
        return ladders.ladder(first, last)
