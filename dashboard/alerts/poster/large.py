"""The large figure of a poster, and the headline over it."""

from dashboard.alerts.titles import STATES, goal_of, made_title
from dashboard.core import figures
from dashboard.core.figures import Parts
from dashboard.core.goals import counted, multiple
from dashboard.core.milestones import GROSS_KINDS
from dashboard.core.scales import Lang
from dashboard.core.spans import spelled
from dashboard.core.story import Story

_COUNTED = frozenset({"payments", "orders", "counter"})


def headline(story: Story, known: dict[str, str], lang: Lang) -> str:
    """Return what the large figure is; a label that staff gave says so, where there is one."""
    subject, year = known["subject"], known["year"]
    if story.kind != "amount" and known["title"] != made_title(goal_of(story, lang), lang):
        return known["title"]
    english, chinese = {
        "amount": ("Milestone reached", "达成里程碑"),
        "reference_total": (f"Past all of {year}", f"超过{year}全天"),
        "past_total": (f"Past all of {subject}", f"超过{subject}全天"),
        "multiple": (f"Turnover vs {year} at the same time", f"成交总额为{year}同时刻的"),
        "payments": ("Payments", "支付笔数"),
        "orders": ("Orders", "订单数"),
        "counter": (subject[:1].upper() + subject[1:], subject),
        "share": (subject, subject),
        "peak_minute": ("Turnover in one minute", "一分钟成交"),
        "peak_second": ("Payments in one second", "一秒支付笔数"),
        "bulletin": ("The first", "开场"),
        "start": ("Started at", "开场时间"),
        "close": (f"Closed, vs all of {year}", f"收官，为{year}全天的"),
        "site": ("Payments", "支付"),
    }[story.kind]
    if story.kind == "close" and not known["of_year"]:
        return ""
    return english if lang == "en" else chinese


def large(story: Story, known: dict[str, str], lang: Lang) -> Parts | str:
    """Return the figure of the poster; a label of its own where that says more."""
    if story.kind == "share" or story.kind in GROSS_KINDS:
        parts = figures.milestone_in_words(story.amount, story.money, lang)
        return _label(story, parts, lang) or parts
    if story.kind in _COUNTED:
        return counted(story.amount, lang)
    if story.kind == "multiple":
        return multiple(story.amount, lang)
    return _moment(story, known, lang)


def _moment(story: Story, known: dict[str, str], lang: Lang) -> Parts | str:
    if story.kind == "peak_minute":
        return figures.milestone_in_words(story.value or 0, story.money, lang)
    if story.kind == "peak_second":
        return Parts("", figures.grouped(story.value or 0), "")
    if story.kind == "bulletin":
        return _in_parts(spelled(story.amount, lang))
    if story.kind == "close":
        return _in_parts(known["of_year"]) if known["of_year"] else _say(lang, "Closed", "收官")
    if story.kind == "site":
        english, chinese = STATES.get(known["state"], ("Payments", "支付"))
        state = english.removeprefix("Payments ").capitalize()
        return _say(lang, state, chinese.removeprefix("支付"))
    return Parts("", known["time"], "")


def _in_parts(text: str) -> Parts | str:
    """Return a figure and its unit apart; a text of several figures as it is."""
    number = text[: len(text) - len(text.lstrip("0123456789.,"))]
    unit = text[len(number) :].strip()
    return text if any(char.isdigit() for char in unit) else Parts("", number, unit)


def _label(story: Story, parts: Parts, lang: Lang) -> str:
    """Return the label of an amount where it is more than the amount, as on the wall."""
    label = " ".join((story.label if lang == "en" else story.label_zh or story.label).split())
    return "" if story.kind != "amount" or parts.number in label else label


def _say(lang: Lang, english: str, chinese: str) -> str:
    return english if lang == "en" else chinese
