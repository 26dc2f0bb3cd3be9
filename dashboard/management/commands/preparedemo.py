"""`preparedemo`: the campaign that `replay --curve` plays into, with everything around it."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from dashboard.management.command import BoardCommand
from dashboard.replay import demo, seeds
from dashboard.store.rehearsals import NotARehearsal
from gmvboard.clock import now_ms


class Command(BoardCommand):
    """Make a demo campaign and print its slug and addresses as one JSON object."""

    help = "Make the demo campaign of a published festival anew; an earlier rehearsal of it goes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("curve", help=f"one of {', '.join(seeds.curve_names())}")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            campaign = demo.prepare(options["curve"], now_ms())
        except (seeds.UnknownCurve, NotARehearsal) as error:
            raise CommandError(str(error), returncode=2) from error
        made = {
            "slug": campaign.slug,
            "curve": seeds.year_of(options["curve"]),
            "wall_url": f"/wall/{campaign.slug}/",
            "staff_url": f"/staff/{campaign.slug}/",
        }
        self.stdout.write(json.dumps(made))
