"""What a milestone is called on walls, lists and posters where it has no label of its own."""

from collections.abc import Callable

import msgspec

from dashboard.core import figures
from dashboard.core.figures import Money
from dashboard.core.goals import counted, multiple
from dashboard.core.scales import Lang
from dashboard.core.spans import spelled
from dashboard.core.story import Story


class Goal(msgspec.Struct, frozen=True, kw_only=True):
    """What is awaited: `amount` in the measure of `kind`, of `subject`, compared with `year`."""

    kind: str
    amount: int
    money: Money
    of: str = ""
    subject: str = ""
    year: str = ""


STATES = {
    "normal": ("Payments back to normal", "支付恢复正常"),
    "queueing": ("Payments queueing", "支付排队中"),
    "diverting": ("Payments diverted", "支付分流中"),
    "recovered": ("Payments recovered", "支付已恢复"),
}


def goal_of(story: Story, lang: Lang) -> Goal:
    """Return what a story's milestone was."""
    return Goal(
        kind=story.kind,
        amount=story.amount,
        money=story.money,
        of=story.of,
        subject=subject_of(story, lang),
        year=story.year,
    )


def title_of(story: Story, lang: Lang) -> str:
    """Return the short name of a story's milestone: its own label, or one made of its facts."""
    own = story.label if lang == "en" else story.label_zh or story.label
    return " ".join(own.split()) or made_title(goal_of(story, lang), lang)


def made_title(goal: Goal, lang: Lang) -> str:
    """Return a name of at most some thirty characters: All of 2011, Tmall ¥100 million, 第1小时."""
    make = _TITLES.get(goal.kind)
    return make(goal, lang) if make else amount_of(goal, lang)


def amount_of(goal: Goal, lang: Lang) -> str:
    """Return the amount awaited, in the words of its measure."""
    if goal.kind in ("payments", "orders", "counter", "peak_second"):
        return counted(goal.amount, lang).text
    if goal.kind == "multiple":
        return multiple(goal.amount, lang).text
    if goal.kind == "bulletin":
        text = spelled(goal.amount, lang)
        return text.removeprefix("1 ") if text in ("1 minute", "1 hour", "1 day") else text
    return figures.milestone_in_words(goal.amount, goal.money, lang).text


def year_of(label: str, lang: Lang) -> str:
    """Return a year's label in a sentence: 2011, 2011年."""
    return f"{label}年" if lang != "en" and label.isdigit() else label


def subject_of(story: Story, lang: Lang) -> str:
    """Return the name of what the milestone is one of."""
    name = story.subject if lang == "en" else story.subject_zh or story.subject
    return year_of(name or story.of, lang) if story.kind == "past_total" else name or story.of


def _year_total(goal: Goal, lang: Lang) -> str:
    year = year_of((goal.kind == "past_total" and (goal.of or goal.subject)) or goal.year, lang)
    if lang == "en":
        return f"All of {year}" if year else "Last year's total"
    return f"{year or '去年'}全天总额"


def _multiple(goal: Goal, lang: Lang) -> str:
    year = year_of(goal.year, lang)
    if lang == "en":
        return f"{amount_of(goal, lang)} {year or 'last year'}"
    return f"{year or '去年'}同时刻的{amount_of(goal, lang)}"


def _counted(noun: str, noun_zh: str) -> Callable[[Goal, Lang], str]:
    def title(goal: Goal, lang: Lang) -> str:
        amount = amount_of(goal, lang)
        return f"{amount} {noun}" if lang == "en" else f"{amount}{noun_zh}"

    return title


def _counter(goal: Goal, lang: Lang) -> str:
    name, amount = goal.subject or goal.of, amount_of(goal, lang)
    return f"{amount} {name}".strip() if lang == "en" else f"{name}{amount}"


def _share(goal: Goal, lang: Lang) -> str:
    amount = amount_of(goal, lang)
    if not (goal.subject or goal.of):
        return f"{amount} club" if lang == "en" else f"{amount}俱乐部"
    return f"{goal.subject or goal.of} {amount}"


def _minute(goal: Goal, lang: Lang) -> str:
    """Return the name of a minute of an amount; without one last year's best counts."""
    amount = amount_of(goal, lang) if goal.amount else ""
    if lang == "en":
        return f"{amount} in a minute" if amount else "A minute past last year's best"
    return f"一分钟{amount}" if amount else "一分钟超过去年峰值"


def _bulletin(goal: Goal, lang: Lang) -> str:
    amount = amount_of(goal, lang)
    return f"First {amount}" if lang == "en" else f"开场{amount}"


def _state(goal: Goal, lang: Lang) -> str:
    english, chinese = STATES.get(goal.of or goal.subject, ("Payments", "支付"))
    return english if lang == "en" else chinese


def _always(english: str, chinese: str) -> Callable[[Goal, Lang], str]:
    return lambda _, lang: english if lang == "en" else chinese


_TITLES: dict[str, Callable[[Goal, Lang], str]] = {
    "reference_total": _year_total,
    "past_total": _year_total,
    "multiple": _multiple,
    "payments": _counted("payments", "笔支付"),
    "orders": _counted("orders", "笔订单"),
    "counter": _counter,
    "share": _share,
    "peak_minute": _minute,
    "peak_second": _counted("payments in a second", "笔支付，一秒之内"),
    "bulletin": _bulletin,
    "start": _always("Start", "开场"),
    "close": _always("Close", "收官"),
    "site": _state,
}
