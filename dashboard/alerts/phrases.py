"""The words ready made that templates are written with, and posters show: a story's facts as text.

Every figure comes from core/figures.py and its like, cut as on the wall. What is not known is "",
so that a template asks for it by `if`.
"""

import re

from dashboard.alerts.titles import amount_of, goal_of, subject_of, title_of, year_of
from dashboard.core import figures
from dashboard.core.milestones import GROSS_KINDS
from dashboard.core.names import safe_name
from dashboard.core.scales import Lang
from dashboard.core.spans import span
from dashboard.core.story import Story
from dashboard.core.zones import clock_time, day, zone_name

# What each name is, with an example, in English and Chinese: shown by the admin and `previewnews`.
NAMES = {
    "campaign": (
        "the campaign's name",
        "活动名称",
    ),
    "title": (
        "the milestone's label, or the name made for it: All of 2011",
        "里程碑的标签，或为它拟的名称：2011年全天总额",
    ),
    "amount": (
        "the threshold: ¥10 billion, 100 million, 3×, 10 minutes",
        "目标：100亿元、1亿、3倍、10分钟",
    ),
    "subject": (
        "the platform, category, merchant, counter or year it is about: Tmall",
        "所涉平台、类目、商家、计数器或年份：天猫",
    ),
    "state": (
        "the site's state: queueing, diverting, recovered",
        "站点状态：queueing、diverting、recovered",
    ),
    "total": (
        "the turnover when it fell, or was found: ¥10.00 billion",
        "达成（或发现）时的成交总额：100.00亿元",
    ),
    "digits": (
        "the same in full, where it is known: ¥10,000,214,306",
        "同上，完整数字，仅在确知时：100亿 0021万 4306元",
    ),
    "value": (
        "what was reached: a minute's turnover, a second's payments: ¥32.9M, 3,412",
        "所达到的数值：一分钟成交、一秒支付笔数：3,293万元、3,412",
    ),
    "time": (
        "when it fell, by the campaign's zone: 13:38:04",
        "达成时间，活动时区：13:38:04",
    ),
    "date": (
        "the day it fell: 11 November",
        "达成日期：11月11日",
    ),
    "when": (
        "time and zone, with the date where that is not plain: 13:38:04 Beijing time",
        "时区与时间，必要时带日期：北京时间13:38:04",
    ),
    "elapsed": (
        "from the start until then: 13 h 38 min 4 s",
        "自开场起用时：13小时38分4秒",
    ),
    "year": (
        "the year compared with: 2011",
        "对比年份：2011年",
    ),
    "year_total": (
        "its whole total: ¥3.36 billion",
        "该年全天总额：33.6亿元",
    ),
    "year_to_now": (
        "its turnover at the same time: ¥1.62 billion",
        "该年同时刻成交：16.2亿元",
    ),
    "year_elapsed": (
        "how long it took to the same amount: 22 h 5 min",
        "该年达到同一金额用时：22小时5分",
    ),
    "faster": (
        "how much sooner that was this year, at least: 8 h 26 min",
        "今年至少快多少：8小时26分",
    ),
    "multiple": (
        "turnover by that of the year at the same time: 6.2×",
        "为该年同时刻的倍数：6.2倍",
    ),
    "of_year": (
        "turnover by the year's whole total: 3.0×",
        "为该年全天的倍数：3.0倍",
    ),
    "basis": (
        "what the total covers",
        "统计口径",
    ),
    "next": (
        "the next amount awaited: ¥15 billion",
        "下一目标：150亿元",
    ),
    "late": (
        "not empty where it is told late",
        "补发时不为空",
    ),
    "rehearsal": (
        "not empty in a rehearsal",
        "演练时不为空",
    ),
}
# Kinds whose `total` is that of their moment, whenever it is found.
_TOTAL_STANDS = frozenset({"bulletin", "start", "close"})
# Kinds whose gross is known to the moment that the other year's is told of.
_COMPARED = GROSS_KINDS | {"bulletin", "close"}
_SEVERAL_DAYS_MS = 36 * 3_600_000
_CALLS = str.maketrans({"@": "＠", "#": "＃", "<": "‹", ">": "›"})


def phrases(story: Story, lang: Lang) -> dict[str, str]:
    """Return the words of a story by `NAMES`."""
    return _of_milestone(story, lang) | _of_time(story, lang) | _of_year(story, lang)


def _of_milestone(story: Story, lang: Lang) -> dict[str, str]:
    gross = gross_then(story)
    return {
        "campaign": story.campaign if lang == "en" else story.campaign_zh or story.campaign,
        "title": title_of(story, lang),
        "amount": amount_of(goal_of(story, lang), lang) if story.amount else "",
        "subject": harmless(subject_of(story, lang)),
        "state": (story.of or story.subject) if story.kind == "site" else "",
        "total": "" if gross is None else _hero(gross, story, lang),
        "digits": _digits(story, lang),
        "value": _value(story, lang),
        "basis": story.basis if lang == "en" else story.basis_zh or story.basis,
        "next": _in_words(story.next_amount, story, lang),
        "late": "late" if story.late else "",
        "rehearsal": "rehearsal" if story.rehearsal else "",
    }


def gross_then(story: Story) -> int | None:
    """Return the campaign's gross when it fell; None where only that of a later moment is known.

    That of an amount is the amount: `total` is what stood when the fall was found, which may be
    some minutes later where a rehearsal's clock runs fast, or the pulse had to catch up.
    """
    if story.kind in GROSS_KINDS:
        return story.amount
    if story.kind == "multiple" and not _is_that_multiple(story):
        return None
    known = not story.late or story.kind in _TOTAL_STANDS
    return story.total if known else None


def _is_that_multiple(story: Story) -> bool:
    """Return whether the total is still the multiple that was reached."""
    return figures.times(story.total, story.year_to_now or 0) == figures.times(story.amount, 1000)


def _digits(story: Story, lang: Lang) -> str:
    """Return the gross in full, where what was found is what stood then, as far as words go."""
    gross, total = gross_then(story), story.total
    if gross is None or _hero(gross, story, lang) != _hero(total, story, lang):
        return ""
    return figures.digits(total, story.money, lang)


def _hero(amount: int, story: Story, lang: Lang) -> str:
    return figures.hero(amount, story.money, lang).text


def harmless(name: str) -> str:
    """Return a name from outside as it may be posted: it calls nobody and links to nothing."""
    return re.sub(r"(?i)https?://|www\.", "", safe_name(name)).translate(_CALLS)


def _value(story: Story, lang: Lang) -> str:
    if story.value is None:
        return ""
    if story.kind in ("payments", "orders", "counter"):
        return figures.count(story.value, lang).text
    if story.kind == "peak_second":
        return figures.grouped(story.value)
    return _in_words(story.value, story, lang)


def _of_time(story: Story, lang: Lang) -> dict[str, str]:
    end = story.kind == "close"
    time = clock_time(story.crossed_ms, story.zone, story.precise, end)
    date = day(story.crossed_ms - end, story.zone, lang)
    zone = zone_name(story.zone)
    plain = not story.late and story.end_ms - story.start_ms <= _SEVERAL_DAYS_MS
    if lang == "en":
        when = f"{time} {zone.en}" + ("" if plain else f" on {date}")
    else:
        when = f"{zone.zh_hans}{'' if plain else date}{time}"
    elapsed = max(0, story.elapsed_s)
    return {
        "time": time,
        "date": date,
        "when": when,
        "elapsed": span(elapsed, lang, to_minutes=not story.precise),
    }


def _of_year(story: Story, lang: Lang) -> dict[str, str]:
    gross = gross_then(story) if story.kind in _COMPARED else None
    to_now, whole, took = story.year_to_now, story.year_total, story.year_elapsed_s
    sign = "×" if lang == "en" else "倍"
    return {
        "year": year_of(story.year, lang),
        "year_total": _in_words(whole, story, lang),
        "year_to_now": _in_words(to_now, story, lang),
        "year_elapsed": span(took, lang, to_minutes=True) if took else "",
        "faster": _faster(took, story.elapsed_s, lang),
        "multiple": _times(gross, to_now, sign),
        "of_year": _times(gross, whole, sign),
    }


def _faster(took: int | None, elapsed: int, lang: Lang) -> str:
    """Return how much sooner, in whole minutes: the other year is known to its minute's start."""
    sooner = 0 if took is None else took - elapsed
    return span(sooner, lang, to_minutes=True) if sooner >= 60 else ""


def _times(gross: int | None, of: int | None, sign: str) -> str:
    found = figures.times(gross, of) if gross and of and of > 0 else None
    return "" if found in (None, "0.0") else f"{found}{sign}"


def _in_words(amount: int | None, story: Story, lang: Lang) -> str:
    if not amount:
        return ""
    return figures.milestone_in_words(amount, story.money, lang).text
