"""`changefeed`: a feed goes live, is stopped, or has another account."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from dashboard.alerts import accounts
from dashboard.alerts.feeds import services
from dashboard.management import feed_accounts, feed_arguments
from dashboard.management.command import BoardCommand
from dashboard.store import feed_changes, feeds
from dashboard.store.decisions import Decision
from dashboard.store.tables import Feed
from gmvboard.clock import now_ms


class Command(BoardCommand):
    """Change a feed and print it."""

    help = (
        "Change feed NAME: CAMPAIGN/NAME or operators/NAME, as `feeds` writes it. What is not given"
        " stays as it is. Secrets as `createfeed` takes them, but nothing is asked for."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("name", help="the feed, as `feeds` writes it")
        sent = parser.add_mutually_exclusive_group()
        sent.add_argument("--live", dest="dry_run", action="store_false", default=None, help="send")
        sent.add_argument("--dry-run", action="store_true", default=None, help="send nothing")
        switch = parser.add_mutually_exclusive_group()
        switch.add_argument("--stop", action="store_true", default=None, help="its stop switch")
        switch.add_argument("--release", dest="stop", action="store_false", help="the same, back")
        feed_arguments.add(parser, None)

    def handle(self, *args: Any, **options: Any) -> None:
        feed = feeds.by_name(options["name"])
        if feed is None:
            raise CommandError(f"name: no feed {options['name']!r}; see `feeds`", returncode=2)
        by = Decision("manage.py", now_ms())
        if options["stop"] is not None:  # first, and whatever is wrong with the rest
            feed_changes.switch(feed, options["stop"], by)
            feed.stopped = options["stop"]
        for name in ("dry_run", *feed_arguments.ROW):
            if options[name] is not None:
                setattr(feed, name, options[name])
        _set_account(feed, options)
        feed_arguments.check(feed)
        feed_changes.keep(feed, by)
        self.stdout.write(json.dumps(feed_arguments.told(feed), ensure_ascii=False))


def _set_account(feed: Feed, options: dict[str, Any]) -> None:
    """Put what was given of an account into a feed; one that goes live has to have all of it."""
    service = services().get(feed.service)
    if service is None:
        raise CommandError(f"service: expected one that is there, got {feed.service!r}")
    goes_live = options["dry_run"] is False
    if not goes_live and not feed_accounts.tells_account(service, options):
        return
    try:
        known: dict[str, str] = feeds.account(feed)
    except feeds.KeyChanged:
        known = feed.options
    given = feed_accounts.account(service, options, known, ask=False)
    feeds.set_account(feed, given, accounts.secret_names(service))
