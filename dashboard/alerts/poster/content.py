"""What stands on a poster: one large figure, what it is, up to three facts; and its alt text."""

from collections.abc import Iterator

import msgspec

from dashboard.alerts.phrases import phrases
from dashboard.alerts.titles import STATES
from dashboard.core import figures
from dashboard.core.figures import Parts
from dashboard.core.goals import counted, multiple
from dashboard.core.milestones import GROSS_KINDS
from dashboard.core.scales import Lang
from dashboard.core.story import Story

# How many facts there is room for at the right of the figure, as on the wall.
MOST_FACTS = 3


class Fact(msgspec.Struct, frozen=True):
    """A figure and its name above it."""

    name: str
    figure: str


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """All the words of a poster; `big` is a figure in its parts, or else a text that may wrap."""

    campaign: str
    plate: str
    total_name: str
    total: Parts | None
    digits: str
    headline: str
    big: Parts | str
    facts: tuple[Fact, ...]
    foot: str


def content(story: Story, lang: Lang) -> Content:
    """Return what stands on the poster of a story."""
    known = phrases(story, lang)
    total = _total(story, known, lang)
    return Content(
        campaign=known["campaign"],
        plate=_plate(story, lang),
        total_name=_say(lang, "Total turnover", "成交总额") if total else "",
        total=total,
        digits=known["digits"] if total else "",
        headline=_headline(story, known, lang),
        big=_big(story, known, lang),
        facts=tuple(_facts(story, known, lang))[:MOST_FACTS],
        foot=_foot(known),
    )


def alt(story: Story, lang: Lang) -> str:
    """Return what the poster shows, for who cannot see it: the same words and figures."""
    shown = content(story, lang)
    big = shown.big if isinstance(shown.big, str) else shown.big.text
    colon, stop = (": ", ". ") if lang == "en" else ("：", "。")
    told = [_say(lang, f"{shown.campaign} poster", f"{shown.campaign}海报"), shown.plate]
    told.append(f"{shown.headline}{colon}{big}")
    told += [f"{fact.name}{colon}{fact.figure}" for fact in shown.facts]
    if shown.total:
        told.append(f"{shown.total_name}{colon}{shown.total.text}")
    return stop.join(filter(None, (*told, shown.foot))).rstrip() + stop.rstrip()


def _say(lang: Lang, english: str, chinese: str) -> str:
    return english if lang == "en" else chinese


def _plate(story: Story, lang: Lang) -> str:
    return _say(lang, "REHEARSAL", "演练") if story.rehearsal else ""


def _total(story: Story, known: dict[str, str], lang: Lang) -> Parts | None:
    """Return the turnover above the flood: where it is not what the large figure says already."""
    if not known["total"]:
        return None
    return figures.hero(story.total, story.money, lang)


def _headline(story: Story, known: dict[str, str], lang: Lang) -> str:
    subject, year = known["subject"], known["year"]
    english, chinese = {
        "amount": ("Milestone reached", "达成里程碑"),
        "reference_total": (f"Past all of {year}", f"超过{year}全天"),
        "past_total": (f"Past all of {subject}", f"超过{subject}全天"),
        "multiple": (f"Times {year} at the same time", f"为{year}同时刻的"),
        "payments": ("Payments", "支付笔数"),
        "orders": ("Orders", "订单数"),
        "counter": (subject[:1].upper() + subject[1:], subject),
        "share": (subject, subject),
        "peak_minute": ("New peak minute", "峰值一分钟"),
        "peak_second": ("New peak, payments in a second", "峰值一秒支付笔数"),
        "bulletin": (f"Turnover of the first {known['amount']}", f"开场{known['amount']}成交总额"),
        "start": ("Started at", "开场"),
        "close": ("Closed at", "收官成交总额"),
        "site": ("Payments", "支付"),
    }[story.kind]
    return _say(lang, english, chinese)


def _big(story: Story, known: dict[str, str], lang: Lang) -> Parts | str:
    """Return the figure of the poster; a label of its own where that says more."""
    if story.kind in ("amount", *GROSS_KINDS):
        parts = figures.milestone_in_words(story.amount, story.money, lang)
        return _label(story, parts, lang) or parts
    if story.kind in ("payments", "orders", "counter"):
        return counted(story.amount, lang)
    if story.kind == "multiple":
        return multiple(story.amount, lang)
    return _moment(story, known, lang)


def _moment(story: Story, known: dict[str, str], lang: Lang) -> Parts | str:
    if story.kind == "share":
        return figures.milestone_in_words(story.amount, story.money, lang)
    if story.kind == "peak_minute":
        return figures.hero(story.value or 0, story.money, lang)
    if story.kind == "peak_second":
        return Parts("", figures.grouped(story.value or 0), "")
    if story.kind in ("bulletin", "close"):
        return figures.hero(story.total, story.money, lang)
    if story.kind == "site":
        state = STATES.get(story.of or story.subject, ("", ""))
        return _say(lang, state[0].removeprefix("Payments ").capitalize(), state[1])
    return Parts("", known["time"], "")


def _label(story: Story, parts: Parts, lang: Lang) -> str:
    """Return the label where it is more than the amount, as on the wall."""
    label = " ".join((story.label if lang == "en" else story.label_zh or story.label).split())
    amount_only = story.kind != "amount" or parts.number in label
    return "" if amount_only else label


def _facts(story: Story, known: dict[str, str], lang: Lang) -> Iterator[Fact]:
    """Yield what is known, the most telling first."""
    year = known["year"]
    if story.kind not in ("start", "bulletin", "close"):
        yield Fact(_say(lang, "Reached at", "达成时间"), known["time"])
    if known["faster"]:
        yield Fact(_say(lang, f"Faster than {year}", f"比{year}快"), known["faster"])
    elif known["elapsed"] and story.kind in GROSS_KINDS:
        yield Fact(_say(lang, "After the start", "用时"), known["elapsed"])
    if known["multiple"] and story.kind not in ("multiple", "share", "site"):
        yield Fact(_say(lang, f"vs {year} at that time", f"为{year}同时刻的"), known["multiple"])
    if known["of_year"] and story.kind == "close":
        yield Fact(_say(lang, f"vs all of {year}", f"为{year}全天的"), known["of_year"])
    if known["next"] and story.kind in GROSS_KINDS:
        yield Fact(_say(lang, "Next", "下一目标"), known["next"])


def _foot(known: dict[str, str]) -> str:
    return known["basis"]
