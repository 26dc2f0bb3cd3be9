"""What the commands of milestones have in common: amounts as they are typed, keys, errors."""

from argparse import ArgumentParser, BooleanOptionalAction
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from dashboard.alerts import wording
from dashboard.alerts.rule_keys import key_of
from dashboard.core import measures
from dashboard.core.figures import Money
from dashboard.core.money import EXPONENTS
from dashboard.store.rules import Rule
from dashboard.store.tables import Campaign, Milestone

# Notices rather than feats: they cover a wall where that is asked for.
_QUIET = {Milestone.BULLETIN, Milestone.SITE}
_WORDS = ("words", "words_zh")
_SETTINGS = ("dimension", "of", "label", "label_zh", *_WORDS, "goes_to", "approval", "take_over")


def add(parser: ArgumentParser) -> None:
    """Add what every rule may say."""
    parser.add_argument("--dimension", default="", help="of a share: platform, merchant …")
    parser.add_argument("--of", default="", help="its key, a counter, a year's label, a state")
    parser.add_argument("--label", default="", help="its name on walls and in posts")
    parser.add_argument("--label-zh", default="", help="the same in Chinese")
    told = "a template for its posts, in place of that of its kind; see `previewnews --names`"
    parser.add_argument("--words", default="", help=told)
    parser.add_argument("--words-zh", default="", help="the same in Chinese")
    goes_to = [choice for choice, _ in Milestone.AUDIENCES]
    parser.add_argument("--goes-to", choices=goes_to, default=None, help="which feeds (all)")
    parser.add_argument("--feeds", default="", help="names with commas: these are chosen")
    parser.add_argument("--approval", choices=["ask", "auto"], default="", help="as each feed says")
    parser.add_argument(
        "--take-over",
        action=BooleanOptionalAction,
        help="walls show it over themselves for 8 s (all but bulletins and the site's states)",
    )


def amount(campaign: Campaign, kind: str, text: str) -> int:
    """Return an amount in the measure of a kind. Raises `CommandError`, which names it."""
    try:
        return measures.read(kind, text, EXPONENTS[campaign.currency])
    except ValueError as error:
        raise CommandError(f"amount: {error}") from error


def rule(campaign: Campaign, kind: str, wanted: int, options: dict[str, Any]) -> Rule:
    """Return the rule that a command's options ask for."""
    settings = {name: options[name] for name in _SETTINGS}
    for name in _WORDS:
        _check(name, settings[name])
    if settings["take_over"] is None:
        settings["take_over"] = kind not in _QUIET
    feeds = [name for name in options["feeds"].split(",") if name]
    settings["goes_to"] = options["goes_to"] or (Milestone.CHOSEN if feeds else Milestone.ALL)
    money = Money(campaign.currency, EXPONENTS[campaign.currency])
    of = (options["dimension"], options["of"])
    key = options.get("key") or key_of(kind, wanted, money, *of)
    return Rule(key=key, kind=kind, amount=wanted, feeds=feeds, **settings)


def _check(name: str, template: str) -> None:
    try:
        wording.check(template)
    except ValueError as error:
        raise CommandError(f"{name}: {error}") from error


def refused(error: ValidationError) -> CommandError:
    """Return what a command ends with: each wrong field on one line."""
    lines = [
        text if text.startswith(field) or field == "__all__" else f"{field}: {text}"
        for field, texts in error.message_dict.items()
        for text in texts
    ]
    return CommandError("; ".join(lines))
