"""Making milestones' rules."""

from collections.abc import Sequence
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction

from dashboard.store.rule_checks import problems
from dashboard.store.tables import Campaign, Feed, Milestone


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule to be made; `amount` in the measure of its kind, `feeds` by name where chosen."""

    key: str
    kind: str
    amount: int = 0
    dimension: str = ""
    of: str = ""
    label: str = ""
    label_zh: str = ""
    words: str = ""
    words_zh: str = ""
    goes_to: str = Milestone.ALL
    feeds: Sequence[str] = ()
    approval: str = ""
    take_over: bool = True


def add(campaign: Campaign, rule: Rule) -> Milestone:
    """Make a rule. Raises `ValidationError`, which names each wrong field."""
    fields = msgspec.structs.asdict(rule)
    feeds = _feeds(campaign, fields.pop("feeds"))
    row = Milestone(campaign=campaign, **fields)
    check(row)
    if (row.goes_to == Milestone.CHOSEN) != bool(feeds):
        told = "feeds: expected the names of those chosen, and none for all feeds or no feed"
        raise ValidationError({"feeds": told})
    with transaction.atomic():
        row.save()
        row.feeds.set(feeds)
    return row


def check(row: Milestone) -> None:
    """Raise `ValidationError`, by field, where a rule does not say what its kind must."""
    row.full_clean(exclude=["rule"])
    if found := problems(row):
        raise ValidationError(dict(found))


def add_all(campaign: Campaign, rules: Sequence[Rule]) -> list[Milestone]:
    """Make the rules of a ladder, all or none; those that ask for what one asks for are left out.

    Raises `ValidationError`.
    """
    rows = campaign.milestones.values_list("kind", "amount", "dimension", "of")
    known = set(rows)
    fresh = [one for one in rules if (one.kind, one.amount, one.dimension, one.of) not in known]
    with transaction.atomic():
        return [add(campaign, one) for one in fresh]


def _feeds(campaign: Campaign, names: Sequence[str]) -> list[Feed]:
    found = list(Feed.objects.filter(campaign=campaign, audience=Feed.PUBLIC, name__in=names))
    missing: set[Any] = set(names) - {feed.name for feed in found}
    if missing:
        told = f"feeds: expected public feeds of the campaign, not {', '.join(sorted(missing))}"
        raise ValidationError({"feeds": told})
    return found
