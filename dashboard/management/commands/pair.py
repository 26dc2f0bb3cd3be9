"""`pair`: confirm a wall that shows a code, as staff do on their page."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from dashboard.management.command import BoardCommand
from dashboard.store import pairings
from dashboard.store.pairings import NotPaired
from gmvboard.clock import now_ms


class Command(BoardCommand):
    """Confirm a wall and print which one it is."""

    help = (
        "Confirm a wall that shows CODE: in seconds it shows the campaign of its address. Prints"
        " one JSON object; `unpair` takes its `screen`, as does the admin."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("code", help="the six letters and figures on the wall")
        parser.add_argument(
            "--name", default="", help="where the wall hangs, for the list of walls"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            screen = pairings.confirm(
                options["code"], "manage.py", now_ms(), name=options["name"].strip()
            )
        except NotPaired as error:
            raise CommandError(f"code: {error}") from error
        told = {
            "screen": screen.pk,
            "campaign": screen.campaign.slug,
            "name": screen.name,
            "address": screen.address,
        }
        self.stdout.write(json.dumps(told, ensure_ascii=False))
