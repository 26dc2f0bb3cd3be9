"""A rule's story before it falls: with its campaign's own names and years, and figures made up."""

import msgspec

from dashboard.alerts.samples import extreme, sample
from dashboard.core.clock import MINUTE_MS
from dashboard.core.figures import Money
from dashboard.core.frame import Names
from dashboard.core.milestones import GROSS_KINDS
from dashboard.core.money import EXPONENTS
from dashboard.core.reference import Curve
from dashboard.core.story import Story
from dashboard.store.tables import Milestone, Reference

# In the middle of the afternoon of a day, to the second.
_PERMILLE_OF_WINDOW = 568
_COUNTED = frozenset({"payments", "orders", "counter", "share"})


def as_if_fallen(rule: Milestone, year: Reference | None, name: Names | None) -> Story:
    """Return an everyday story of a rule; `name` is the curated one of what it is about."""
    story = _of_campaign(rule, sample(rule.kind), name)
    amount = _amount(rule, year)
    crossed_ms = _crossed_ms(rule, story)
    to_now = _to_now(year, story, crossed_ms)
    total = _total(rule, amount, year, to_now) or story.total
    return msgspec.structs.replace(
        story,
        amount=amount,
        total=0 if rule.kind == "start" else total,
        value=amount if rule.kind in _COUNTED else story.value,
        crossed_ms=crossed_ms,
        year=year.label if year else "",
        year_total=year.total if year else None,
        year_to_now=to_now,
        year_elapsed_s=_took_s(year, amount) if rule.kind in GROSS_KINDS else None,
        next_amount=amount * 3 // 2 if rule.kind in GROSS_KINDS else None,
    )


def at_its_longest(rule: Milestone, year: Reference | None, name: Names | None) -> Story:
    """Return a story of a rule with the longest of everything that is not the rule's own."""
    story, longest = as_if_fallen(rule, year, name), extreme(rule.kind)
    big = ("total", "year_total", "year_to_now", "rehearsal", "next_amount")
    return msgspec.structs.replace(
        story,
        **{each: getattr(longest, each) for each in big},
        crossed_ms=story.crossed_ms if rule.kind == "bulletin" else story.end_ms - 1000,
        value=longest.value,
        year=story.year or longest.year,
        **(_subject(longest) if not rule.of else {}),
    )


def _of_campaign(rule: Milestone, story: Story, name: Names | None) -> Story:
    campaign = rule.campaign
    known = name or (Names(rule.of, rule.of) if rule.of else None)
    return msgspec.structs.replace(
        story,
        key=rule.key,
        campaign=campaign.name,
        campaign_zh=campaign.name_zh or campaign.name,
        money=Money(campaign.currency, EXPONENTS.get(campaign.currency, 2)),
        zone=campaign.timezone,
        start_ms=campaign.start_ms,
        end_ms=campaign.end_ms,
        label=rule.label,
        label_zh=rule.label_zh,
        basis=campaign.basis,
        basis_zh=campaign.basis_zh or campaign.basis,
        rehearsal=campaign.clock.rehearsal,
        of=rule.of or story.of,
        **({"subject": known.en, "subject_zh": known.zh_hans} if known else {}),
    )


def _subject(story: Story) -> dict[str, str]:
    return {"subject": story.subject, "subject_zh": story.subject_zh}


def _amount(rule: Milestone, year: Reference | None) -> int:
    if rule.kind in ("reference_total", "past_total") and not rule.amount:
        return year.total if year else sample(rule.kind).amount
    return rule.amount


def _crossed_ms(rule: Milestone, story: Story) -> int:
    if rule.kind == "bulletin":
        return story.start_ms + rule.amount * 1000
    if rule.kind in ("start", "close"):
        return story.start_ms if rule.kind == "start" else story.end_ms
    crossed_ms = story.start_ms + (story.end_ms - story.start_ms) * _PERMILLE_OF_WINDOW // 1000
    return crossed_ms - crossed_ms % 1000


def _to_now(year: Reference | None, story: Story, crossed_ms: int) -> int | None:
    if year is None:
        return None
    window = (story.end_ms - story.start_ms) // MINUTE_MS
    elapsed = (crossed_ms - story.start_ms) // MINUTE_MS
    return Curve(year.minutes, year.total, window).to_now(elapsed) or None


def _total(rule: Milestone, amount: int, year: Reference | None, to_now: int | None) -> int | None:
    if rule.kind in GROSS_KINDS:
        return amount
    if rule.kind == "multiple" and to_now:
        return amount * to_now // 1000
    return to_now * 5 if to_now else year.total if year else None


def _took_s(year: Reference | None, amount: int) -> int | None:
    if year is None or amount > year.total:
        return None
    running = 0
    for minute, gross in enumerate(year.minutes):
        running += gross
        if running >= amount:
            return minute * 60
    return None
