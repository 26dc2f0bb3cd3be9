"""`feeds`: the accounts that posts go to, and how each does."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from dashboard.core.events import from_ms
from dashboard.management.command import BoardCommand
from dashboard.store import feeds
from dashboard.store.tables import Feed


class Command(BoardCommand):
    """Print feeds with their health."""

    help = (
        "List the feeds of campaign SLUG, or all: service, language, who lets posts out, and"
        " health. --reseal seals all secrets anew under the first key of FEED_KEY, after which the"
        " others of that list can go."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("slug", nargs="?", default="", help="the campaign; none: all feeds")
        parser.add_argument("--reseal", action="store_true", help="seal secrets anew")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["slug"]:
            self.campaign(options["slug"])
        if options["reseal"]:
            try:
                self.stdout.write(f"{feeds.reseal()} sealed anew")
            except feeds.KeyChanged as error:
                raise CommandError(str(error)) from error
        for feed in feeds.of(options["slug"]):
            said = (feed.service, feed.audience, feed.lang, feed.approval, health(feed))
            self.stdout.write("  ".join([str(feed), *said]))


def health(feed: Feed) -> str:
    """Return how a feed does, in a few words."""
    sent = "nothing sent yet"
    if feed.last_sent_ms is not None:
        sent = f"last sent {from_ms(feed.last_sent_ms):%Y-%m-%d %H:%M:%S} UTC"
    state = [
        word for word, is_so in (("STOPPED", feed.stopped), ("dry run", feed.dry_run)) if is_so
    ]
    if feed.failures:
        state.append(f"{feed.failures} failures, the last: {feed.last_error}")
    try:
        feeds.account(feed)
    except feeds.KeyChanged:
        state.append("its secrets are sealed under another key")
    return ", ".join([*state, sent])
