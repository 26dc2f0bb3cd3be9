"""`migrate`: Django's own, with all the time it needs."""

from typing import Any

from django.core.management.commands import migrate

from dashboard.store import patience


class Command(migrate.Command):
    """As Django's; a change of a large table takes longer than any statement of the board may."""

    def handle(self, *args: Any, **options: Any) -> None:
        with patience.unlimited():
            super().handle(*args, **options)
