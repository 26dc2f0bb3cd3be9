"""What the commands of milestones have in common: amounts as they are typed, keys, errors."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils.text import slugify

from dashboard.alerts.titles import Goal, amount_of
from dashboard.core.amounts import read_amount, read_seconds
from dashboard.core.figures import Money
from dashboard.core.money import EXPONENTS
from dashboard.store.rules import Rule
from dashboard.store.tables import Campaign, Milestone

_COUNTS = {Milestone.PAYMENTS, Milestone.ORDERS, Milestone.COUNTER, Milestone.PEAK_SECOND}
_THOUSANDTHS = 3
_SETTINGS = ("dimension", "of", "label", "label_zh", "goes_to", "approval", "take_over")


def add(parser: ArgumentParser) -> None:
    """Add what every rule may say."""
    parser.add_argument("--dimension", default="", help="of a share: platform, merchant …")
    parser.add_argument("--of", default="", help="its key, a counter, a year's label, a state")
    parser.add_argument("--label", default="", help="its name on walls and in posts")
    parser.add_argument("--label-zh", default="", help="the same in Chinese")
    goes_to = [choice for choice, _ in Milestone.AUDIENCES]
    parser.add_argument("--goes-to", choices=goes_to, default=None, help="which feeds (all)")
    parser.add_argument("--feeds", default="", help="names with commas: these are chosen")
    parser.add_argument("--approval", choices=["ask", "auto"], default="", help="as each feed says")
    parser.add_argument(
        "--no-take-over", dest="take_over", action="store_false", help="walls do not cover"
    )


def amount(campaign: Campaign, kind: str, text: str) -> int:
    """Return an amount in the measure of a kind. Raises `CommandError`, which names it."""
    try:
        if kind == Milestone.BULLETIN:
            return read_seconds(text)
        if kind == Milestone.MULTIPLE:
            return read_amount(text, _THOUSANDTHS)
        return read_amount(text, 0 if kind in _COUNTS else EXPONENTS[campaign.currency])
    except ValueError as error:
        raise CommandError(f"amount: {error}") from error


def rule(campaign: Campaign, kind: str, wanted: int, options: dict[str, Any]) -> Rule:
    """Return the rule that a command's options ask for."""
    settings = {name: options[name] for name in _SETTINGS}
    feeds = [name for name in options["feeds"].split(",") if name]
    settings["goes_to"] = options["goes_to"] or (Milestone.CHOSEN if feeds else Milestone.ALL)
    key = options.get("key") or _key(campaign, kind, wanted, options)
    return Rule(key=key, kind=kind, amount=wanted, feeds=feeds, **settings)


def refused(error: ValidationError) -> CommandError:
    """Return what a command ends with: each wrong field on one line."""
    lines = [
        text if text.startswith(field) or field == "__all__" else f"{field}: {text}"
        for field, texts in error.message_dict.items()
        for text in texts
    ]
    return CommandError("; ".join(lines))


def _key(campaign: Campaign, kind: str, wanted: int, options: dict[str, Any]) -> str:
    """Return a key that says what is awaited: 10-billion, orders-1-million, bulletin-2-hours."""
    money = Money(campaign.currency, EXPONENTS[campaign.currency])
    said = amount_of(Goal(kind=kind, amount=wanted, money=money), "en") if wanted else ""
    if kind in {Milestone.MULTIPLE, Milestone.BULLETIN}:
        said = said.replace("×", " times").replace(".", "-")
    figure = slugify(said.replace(".", "-").lstrip("¥$€£"))
    parts = ["" if kind == Milestone.AMOUNT else kind, options["dimension"], options["of"], figure]
    return slugify("-".join(part for part in parts if part).replace("_", "-")) or kind
