"""`createfeed`: an account that posts go to, as one JSON object without its secrets."""

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
    """Create a feed and print it."""

    help = (
        "Create a feed of campaign SLUG, or with --operators one for alarms. Secrets come from the"
        " environment (FEED_SECRET_TOKEN for the field token), from a JSON object on standard input"
        " (--stdin), or are asked for; never from an argument. `services` says what each service"
        " wants. A new feed is a dry run: it records what it would have sent, unless --live."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("slug", nargs="?", help="the campaign; with --operators none: all")
        parser.add_argument("name", help="short name: letters, digits, hyphens")
        parser.add_argument("--service", required=True, help="one that `services` lists")
        parser.add_argument("--operators", action="store_true", help="for alarms alone")
        parser.add_argument("--live", action="store_true", help="send; without it a dry run")
        feed_arguments.add(parser, Feed())

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = self.campaign(options["slug"]) if options["slug"] else None
        if campaign is None and not options["operators"]:
            raise CommandError("slug: expected a campaign, or --operators")
        service = services().get(options["service"])
        if service is None:
            raise CommandError(f"service: expected one of {', '.join(services())}")
        feed = Feed(
            campaign=campaign,
            name=options["name"],
            service=service.name,
            audience=Feed.OPERATORS if options["operators"] else Feed.PUBLIC,
            dry_run=not options["live"],
            **{name: options[name] for name in feed_arguments.ROW},
        )
        given = feed_accounts.account(service, options, known={}, ask=True)
        feeds.set_account(feed, given, accounts.secret_names(service))
        feed_arguments.check(feed)
        feed_changes.keep(feed, Decision("manage.py", now_ms()))
        self.stdout.write(json.dumps(feed_arguments.told(feed), ensure_ascii=False))
