"""`unpair`: end the right of a wall that was confirmed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from dashboard.management.command import BoardCommand
from dashboard.store import screens
from gmvboard.clock import now_ms


class Command(BoardCommand):
    """Revoke a wall's cookie."""

    help = "Revoke a wall: within a minute it shows a code again, in place of its campaign."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("screen", type=int, help="its number, as `pair` and the admin tell it")

    def handle(self, *args: Any, **options: Any) -> None:
        if not screens.revoke(options["screen"], now_ms()):
            raise CommandError(f"screen: no wall {options['screen']} that is paired")
        self.stdout.write(f"wall {options['screen']} revoked")
