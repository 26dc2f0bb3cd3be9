"""What stands on a poster: one large figure, what it is, up to three facts; and its alt text."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from dashboard.alerts.phrases import phrases
from dashboard.alerts.poster.large import headline, large
from dashboard.core import figures
from dashboard.core.figures import Parts
from dashboard.core.milestones import GROSS_KINDS
from dashboard.core.scales import Lang
from dashboard.core.spans import span
from dashboard.core.story import Story
from dashboard.core.zones import clock_time, zone_name

# Amber is an alarm that stands: payments that wait. What was put right is grey.
Tone = Literal["news", "alarm", "calm"]
MOST_FACTS = 3
_WAITING = frozenset({"queueing", "diverting"})


class Fact(msgspec.Struct, frozen=True):
    """A figure with its name above it, and what is said beside or below it."""

    name: str
    figure: str
    aside: str = ""


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """All the words of a poster.

    Above stand `total`, with its `digits` in full, and `multiple`; on the flood the `headline` and
    `large`, a figure in its parts or a text that may wrap, and `facts`.
    """

    campaign: str
    plate: str
    stamp: str
    total_name: str
    total: Parts | None
    digits: str
    multiple: Fact | None
    headline: str
    large: Parts | str
    facts: tuple[Fact, ...]
    foot: str
    tone: Tone = "news"


def content(story: Story, lang: Lang) -> Content:
    """Return what stands on the poster of a story."""
    known = phrases(story, lang)
    name, total, digits = _total(story, known, lang)
    return Content(
        campaign=known["campaign"],
        plate=say(lang, "REHEARSAL", "演练") if story.rehearsal else "",
        stamp=_stamp(story, known, lang),
        total_name=name,
        total=total,
        digits=digits,
        multiple=_multiple(story, known, lang),
        headline=headline(story, known, lang),
        large=large(story, known, lang),
        facts=tuple(_facts(story, known, lang))[:MOST_FACTS],
        foot=known["basis"],
        tone=_tone(story),
    )


def alt(story: Story, lang: Lang) -> str:
    """Return what the poster shows, for who cannot see it: the same words and figures."""
    shown = content(story, lang)
    colon, stop = (": ", ". ") if lang == "en" else ("：", "。")
    large_text = shown.large if isinstance(shown.large, str) else shown.large.text
    told = [shown.campaign, shown.plate, colon.join(filter(None, (shown.headline, large_text)))]
    told += [_spoken(fact, colon) for fact in shown.facts]
    if shown.total:
        told.append(f"{shown.total_name}{colon}{shown.total.text}")
    if shown.multiple:
        told.append(_spoken(shown.multiple, colon))
    return stop.join(filter(None, (*told, shown.stamp, shown.foot))) + stop.rstrip()


def say(lang: Lang, english: str, chinese: str) -> str:
    """Return what is said in one of the two languages."""
    return english if lang == "en" else chinese


def _spoken(fact: Fact, colon: str) -> str:
    aside = f" ({fact.aside})" if fact.aside else ""
    return f"{fact.name}{colon}{fact.figure}{aside}"


def _tone(story: Story) -> Tone:
    if story.kind != "site":
        return "news"
    return "alarm" if (story.of or story.subject) in _WAITING else "calm"


def _stamp(story: Story, known: dict[str, str], lang: Lang) -> str:
    zone = zone_name(story.zone)
    return say(lang, f"{known['date']}, {zone.en}", f"{known['date']} {zone.zh_hans}")


def _total(story: Story, known: dict[str, str], lang: Lang) -> tuple[str, Parts | None, str]:
    """Return the name, the figure and the digits above: what else is known where no total is."""
    if story.kind == "start":
        to_beat = story.year_total and figures.hero(story.year_total, story.money, lang)
        year = known["year"]
        return (say(lang, f"To beat: {year}", f"待超越：{year}"), to_beat or None, "")
    if _gross_known(known):
        name = say(lang, "Total turnover", "成交总额")
        if story.kind == "close":
            name = say(lang, "Turnover at close", "收官成交总额")
        return name, figures.hero(story.total, story.money, lang), known["digits"]
    return say(lang, f"On {known['date']} at", known["date"]), Parts("", known["time"], ""), ""


def _gross_known(known: dict[str, str]) -> bool:
    """Return whether more is known of the turnover of that moment than the amount it passed."""
    return bool(known["total"] and known["digits"])


def _multiple(story: Story, known: dict[str, str], lang: Lang) -> Fact | None:
    if not known["multiple"] or story.kind in ("start", "close", "site", "multiple"):
        return None
    year, at = known["year"], clock_time(story.crossed_ms, story.zone, seconds=False)
    name = say(lang, f"vs {year} at {at}", f"为{year}{at}的")
    then = figures.compact(story.year_to_now or 0, story.money, lang).text
    return Fact(name, known["multiple"], say(lang, f"{then} then", f"{year} {then}"))


def _facts(story: Story, known: dict[str, str], lang: Lang) -> Iterator[Fact]:
    """Yield what is known, the most telling first."""
    if story.kind == "start":
        yield Fact(say(lang, "Lasts", "历时"), span((story.end_ms - story.start_ms) // 1000, lang))
    elif story.kind == "site":
        yield Fact(say(lang, "Since", "开始时间"), known["time"])
    elif story.kind in ("bulletin", "close"):
        yield from _then(story, known, lang)
    else:
        if _gross_known(known):  # or else the time stands in its place
            yield Fact(say(lang, "Reached at", "达成时间"), known["time"])
        yield from _against(story, known, lang)
    if known["next"] and story.kind in GROSS_KINDS and story.next_amount:
        goal = figures.milestone(story.next_amount, story.money, lang).text
        yield Fact(say(lang, "Next", "下一目标"), goal)


def _against(story: Story, known: dict[str, str], lang: Lang) -> Iterator[Fact]:
    """Yield how it compares with the other year, or else how long it took."""
    year = known["year"]
    if story.kind == "multiple":
        yield from _then(story, known, lang)
    if known["faster"]:
        yield Fact(say(lang, f"Faster than {year}", f"比{year}快"), known["faster"])
    elif story.kind == "amount" and story.year_total and story.amount > story.year_total:
        yield Fact(say(lang, f"vs all of {year}", f"为{year}全天的"), known["of_year"])
    elif known["elapsed"]:
        yield Fact(say(lang, "After the start", "用时"), known["elapsed"])


def _then(story: Story, known: dict[str, str], lang: Lang) -> Iterator[Fact]:
    """Yield what the other year had: in all, or at the same time."""
    year, whole = known["year"], story.kind == "close"
    amount = story.year_total if whole else story.year_to_now
    if amount and year:
        name = say(lang, f"{year} at the same time", f"{year}同时刻")
        if whole:
            name = say(lang, f"All of {year}", f"{year}全天")
        yield Fact(name, figures.compact(amount, story.money, lang).text)
