"""`createfeed`: an account that posts go to, as one JSON object without its secrets."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.management.base import CommandError

from dashboard.alerts import accounts
from dashboard.alerts.feeds import services
from dashboard.alerts.service import Service
from dashboard.management import feed_secrets
from dashboard.management.command import BoardCommand
from dashboard.store import feed_changes, feeds
from dashboard.store.decisions import Decision
from dashboard.store.tables import Feed
from gmvboard.clock import now_ms

_ROW = ("lang", "approval", "holding_s", "cap_an_hour", "gap_s", "expires_s", "poster")


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
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            metavar="FIELD=VALUE",
            help="a field of the account that is no secret; as often as needed",
        )
        parser.add_argument("--stdin", action="store_true", help="secrets: JSON on standard input")
        parser.add_argument("--live", action="store_true", help="send; without it a dry run")
        _row(parser)

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
            **{name: options[name] for name in _ROW},
        )
        feeds.set_account(feed, _account(service, options), accounts.secret_names(service))
        try:
            feed.full_clean()
        except ValidationError as error:
            raise CommandError("; ".join(_lines(error))) from error
        feed_changes.keep(feed, Decision("manage.py", now_ms()))
        self.stdout.write(json.dumps(told(feed), ensure_ascii=False))


def told(feed: Feed) -> dict[str, Any]:
    """Return what a feed is, for people and programs; secrets by their names alone."""
    names = [name for name in feeds.account(feed) if name not in feed.options]
    return {
        "campaign": feed.campaign.slug if feed.campaign else None,
        **{name: getattr(feed, name) for name in ("name", "service", "audience", "dry_run")},
        **{name: getattr(feed, name) for name in _ROW},
        "options": feed.options,
        "secrets": sorted(names),
    }


def _row(parser: ArgumentParser) -> None:
    """Add what the outbox does with a feed's posts; defaults are the table's."""
    usual = Feed()
    for name, choices, about in (
        ("lang", Feed.LANGS, "language of its posts"),
        ("approval", Feed.APPROVALS, "who lets posts out"),
        ("poster", Feed.POSTERS, "shape of its pictures"),
    ):
        parser.add_argument(
            f"--{name}",
            choices=[value for value, _ in choices],
            default=getattr(usual, name),
            help=f"{about} (%(default)s)",
        )
    for flag, name, about in (
        ("--holding", "holding_s", "seconds before it goes out by itself"),
        ("--cap", "cap_an_hour", "posts an hour at most"),
        ("--gap", "gap_s", "seconds between two posts at least"),
        ("--expires", "expires_s", "seconds after which a post is too late"),
    ):
        parser.add_argument(
            flag, dest=name, type=int, default=getattr(usual, name), help=f"{about} (%(default)s)"
        )


def _account(service: Service, options: dict[str, Any]) -> dict[str, str]:
    """Return the account as it was entered. Raises `CommandError`, which names the fields."""
    given = dict(_pair(text) for text in options["set"])
    for name in given.keys() & set(accounts.secret_names(service)):
        raise CommandError(f"{name}: a secret: expected in {feed_secrets.variable(name)}, or typed")
    given |= feed_secrets.entered(service, options["stdin"])
    if unknown := given.keys() - {field.name for field in service.fields}:
        raise CommandError(f"{min(unknown)}: no field of {service.name}; see `services`")
    if wrong := accounts.wrong(service, given):
        raise CommandError("; ".join(f"{one.name}: expected {one.about}" for one in wrong))
    return given


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise CommandError("set: expected FIELD=VALUE")
    return name, value


def _lines(error: ValidationError) -> list[str]:
    """Return what is wrong, by field; what concerns several is that the name is taken."""
    found = error.message_dict
    if found.pop(NON_FIELD_ERRORS, None):
        found["name"] = ["there is a feed of this name"]
    return [f"{field}: {message}" for field, messages in found.items() for message in messages]
