"""`tryfeed`: a trial post for a feed, into the outbox."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from dashboard.alerts import trials
from dashboard.management.command import BoardCommand
from dashboard.store import feeds
from dashboard.store.decisions import Decision
from gmvboard.clock import now_ms


class Command(BoardCommand):
    """Propose a trial post."""

    help = (
        "Put a trial post, which tells no figure, into the outbox for feed NAME: CAMPAIGN/NAME or"
        " operators/NAME, as `feeds` writes it. A person approves it, unless --approve does."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("name", help="the feed, as `feeds` writes it")
        parser.add_argument("--approve", action="store_true", help="let it out at once")

    def handle(self, *args: Any, **options: Any) -> None:
        feed = feeds.by_name(options["name"])
        if feed is None:
            raise CommandError(f"name: no feed {options['name']!r}; see `feeds`", returncode=2)
        text = trials.propose(feed, Decision("manage.py", now_ms()), approved=options["approve"])
        state = "approved" if options["approve"] else "proposed"
        self.stdout.write(f"{feed}: {state}: {text}")
