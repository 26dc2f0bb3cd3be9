"""What a rule would say: in both languages, as it fell, on an everyday story and at its longest."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from dashboard.alerts.feeds import services
from dashboard.alerts.news import in_words, limit_of
from dashboard.alerts.poster.content import alt
from dashboard.alerts.rehearsed import as_if_fallen, at_its_longest
from dashboard.alerts.wording import as_lang, title, words
from dashboard.core.lengths import Count, fits, length
from dashboard.core.scales import Lang
from dashboard.core.story import Story
from dashboard.store import feeds, labels, references
from dashboard.store.tables import Feed, Milestone, Reference

Case = Literal["fallen", "sample", "extreme"]
LANGS: tuple[Lang, ...] = ("en", "zh-hans")


class Fit(msgspec.Struct, frozen=True):
    """How a text stands against a feed's limit; `text` is what would be posted, cut if need be."""

    feed: str
    length: int
    most: int
    count: Count
    whole: bool
    text: str


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of one case in one language; the story is for its posters."""

    case: Case
    lang: Lang
    title: str
    text: str
    alt: str
    story: Story
    fits: tuple[Fit, ...]


def of_rule(rule: Milestone, to: Iterable[Feed] | None = None) -> list[Preview]:
    """Return the previews of a rule, saved or not, against the limits of its feeds.

    `to` are the feeds, by default its own; without any, a feed of each service stands for them.
    A template that fails gives way to that of its kind: ask `wording.check` for what is wrong.
    """
    own = list(to) if to is not None else feeds.of_milestone(rule) if rule.pk else []
    return [
        _preview(case, lang, rule, story, own or list(_one_of_each(lang)))
        for case, story in stories(rule).items()
        for lang in LANGS
    ]


def stories(rule: Milestone) -> dict[Case, Story]:
    """Return the stories that a rule is tried on, the real one first where it has fallen."""
    year, name = _year(rule), None
    if rule.of:
        names = labels.names(rule.campaign_id)
        name = names.get(rule.dimension or rule.kind, {}).get(rule.of)
    found: dict[Case, Story] = {}
    if rule.facts:
        found["fallen"] = msgspec.convert(rule.facts, Story)
    found["sample"] = as_if_fallen(rule, year, name)
    found["extreme"] = at_its_longest(rule, year, name)
    return found


def _year(rule: Milestone) -> Reference | None:
    if rule.kind == Milestone.PAST_TOTAL:
        return references.labelled(rule.campaign_id, rule.of)
    return references.primary(rule.campaign_id)


def _preview(case: Case, lang: Lang, rule: Milestone, story: Story, to: Sequence[Feed]) -> Preview:
    text = words(story, lang, rule.words if lang == "en" else rule.words_zh)
    return Preview(
        case=case,
        lang=lang,
        title=title(story, lang),
        text=text,
        alt=alt(story, lang),
        story=story,
        fits=tuple(_fit(feed, text) for feed in to if as_lang(feed.lang) == lang),
    )


def _fit(feed: Feed, text: str) -> Fit:
    limit = limit_of(feed)
    return Fit(
        feed=feed.name,
        length=length(text, limit.count),
        most=limit.most,
        count=limit.count,
        whole=fits(text, limit),
        text=in_words(feed, text),
    )


def _one_of_each(lang: Lang) -> Iterator[Feed]:
    for name in sorted(services()):
        yield Feed(name=name, service=name, lang=lang)
