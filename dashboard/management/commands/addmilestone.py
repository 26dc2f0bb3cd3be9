"""`addmilestone`: one rule of a campaign, as one JSON object."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError

from dashboard.management import rule_arguments
from dashboard.management.command import BoardCommand
from dashboard.store import rules
from dashboard.store.tables import Milestone


class Command(BoardCommand):
    """Add a milestone and print it."""

    help = (
        "Add a milestone. AMOUNT is in major units (10亿, 10000000000, 2.5 billion), for counts a"
        " number, for a multiple how many times (1.5), for a bulletin a time (60, 10m, 2h)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("slug")
        kinds = [kind for kind, _ in Milestone.KINDS]
        parser.add_argument("--kind", choices=kinds, default=Milestone.AMOUNT)
        parser.add_argument("--amount", default="0")
        parser.add_argument("--key", help="its short name (made of the rest)")
        rule_arguments.add(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        campaign, kind = self.campaign(options["slug"]), options["kind"]
        wanted = rule_arguments.amount(campaign, kind, options["amount"])
        try:
            row = rules.add(campaign, rule_arguments.rule(campaign, kind, wanted, options))
        except ValidationError as error:
            raise rule_arguments.refused(error) from error
        made = {"key": row.key, "kind": row.kind, "amount": row.amount}
        self.stdout.write(json.dumps(made, ensure_ascii=False))
