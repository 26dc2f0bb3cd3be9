"""What commands are told of a feed in arguments, and what they tell of one."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.management.base import CommandError

from dashboard.store import feeds
from dashboard.store.tables import Feed

# What is said of a feed's posts in arguments, by the names of its row.
ROW = ("lang", "approval", "holding_s", "cap_an_hour", "gap_s", "expires_s", "poster")


def add(parser: ArgumentParser, usual: Feed | None) -> None:
    """Add arguments for a row, which are as `usual` has them or not there, and for an account."""
    for name, choices, about in (
        ("lang", Feed.LANGS, "language of its posts"),
        ("approval", Feed.APPROVALS, "who lets posts out"),
        ("poster", Feed.POSTERS, "shape of its pictures"),
    ):
        parser.add_argument(
            f"--{name}", choices=[value for value, _ in choices], **_usually(usual, name, about)
        )
    for flag, name, about in (
        ("--holding", "holding_s", "seconds before it goes out by itself"),
        ("--cap", "cap_an_hour", "posts an hour at most"),
        ("--gap", "gap_s", "seconds between two posts at least"),
        ("--expires", "expires_s", "seconds after which a post is too late"),
    ):
        parser.add_argument(flag, dest=name, type=int, **_usually(usual, name, about))
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="a field of the account that is no secret; as often as needed",
    )
    parser.add_argument("--stdin", action="store_true", help="secrets: JSON on standard input")


def _usually(usual: Feed | None, name: str, about: str) -> dict[str, Any]:
    if usual is None:
        return {"help": about}
    return {"default": getattr(usual, name), "help": f"{about} (%(default)s)"}


def check(feed: Feed) -> None:
    """Raise `CommandError` for what is wrong with a row, by field."""
    try:
        feed.full_clean()
    except ValidationError as error:
        found = error.message_dict
        if found.pop(NON_FIELD_ERRORS, None):  # the one rule of several fields
            found["name"] = ["there is a feed of this name"]
        lines = [f"{field}: {text}" for field, texts in found.items() for text in texts]
        raise CommandError("; ".join(lines)) from error


def told(feed: Feed) -> dict[str, Any]:
    """Return what a feed is, for people and programs; secrets by their names alone."""
    try:
        names = sorted(name for name in feeds.account(feed) if name not in feed.options)
    except feeds.KeyChanged:
        names = ["sealed under another key"]
    kept = ("name", "service", "audience", "dry_run", "stopped", *ROW)
    return {
        "campaign": feed.campaign.slug if feed.campaign else None,
        **{name: getattr(feed, name) for name in kept},
        "options": feed.options,
        "secrets": names,
    }
