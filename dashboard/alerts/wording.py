"""From a story to words: a rule's own template, or that of its kind, in English and Chinese."""

import logging
from collections.abc import Iterator

import msgspec

from dashboard.alerts.phrases import phrases
from dashboard.alerts.sentences import CHINESE, ENGLISH
from dashboard.alerts.templates import compiled, render
from dashboard.alerts.titles import title_of
from dashboard.core.scales import Lang
from dashboard.core.story import Story

_log = logging.getLogger(__name__)
# The figures that a kind is about beside its threshold: told anew where they have changed.
_FIGURES = {
    "amount": ("multiple",),
    "reference_total": ("multiple",),
    "peak_minute": ("value",),
    "peak_second": ("value",),
    "bulletin": ("total", "multiple"),
    "close": ("total",),
}
_NOT_AFTER = frozenset({"bulletin", "start", "close", "site"})
_told: set[str] = set()  # templates found bad by this process: each is logged once


def as_lang(code: str) -> Lang:
    """Return one of our two languages: English unless `code` is Chinese."""
    return "zh-hans" if code.lower().startswith("zh") else "en"


def default_template(kind: str, lang: Lang) -> str:
    """Return the template of a kind of milestone, one of `Milestone.KINDS`."""
    return (ENGLISH if lang == "en" else CHINESE)[kind]


def check(template: str) -> None:
    """Raise `BadTemplate`, a ValueError, which says what is wrong with a rule's own words."""
    if template.strip():
        compiled(template)


def words(story: Story, lang: Lang, template: str = "") -> str:
    """Return what is posted of a story: by a rule's `template`, or by that of its kind.

    A template that fails or comes out empty gives way to that of the kind, logged once a process. A
    rehearsal is marked in front, and so is when it was that is told late.
    """
    known = phrases(story, lang)
    text = _own(template, known, story) or render(default_template(story.kind, lang), known)
    return "".join(_before(story, known, lang)) + text


def correction(before: Story, after: Story, lang: Lang, link: str = "") -> str:
    """Return the correction of what was posted of `before`; "" where nothing in it has changed.

    `link` is the address of the post that is corrected.
    """
    was, now = phrases(before, lang), phrases(after, lang)
    change = _moved(was, now, after.kind, lang)
    if before.undercut != after.undercut:
        change = _undone(was, lang) if after.undercut else _after_all(now, lang)
    elif after.undercut:
        change = ""
    if not change:
        return ""
    name = f"{now['campaign']}, {now['title']}: " if lang == "en" else _name_zh(now)
    mark = "".join(_before(msgspec.structs.replace(after, late=False), now, lang))
    start = "Correction: " if lang == "en" else "更正："
    return f"{mark}{start}{name}{change}" + (f" {link}" if link else "")


def _name_zh(now: dict[str, str]) -> str:
    return f"{now['campaign']}“{now['title']}”，"


def _own(template: str, known: dict[str, str], story: Story) -> str:
    if not template.strip():
        return ""
    try:
        return render(template, known)
    except Exception as error:  # whatever staff wrote, the milestone fires
        if template not in _told:
            _told.add(template)
            _log.error("template=bad milestone=%s reason=%r", story.key, str(error))
        return ""


def _before(story: Story, known: dict[str, str], lang: Lang) -> Iterator[str]:
    if story.rehearsal:
        yield "[Rehearsal] " if lang == "en" else "【演练】"
    if story.late:
        yield f"Earlier, at {known['when']}: " if lang == "en" else f"此前消息（{known['when']}）："


def _undone(was: dict[str, str], lang: Lang) -> str:
    if lang == "en":
        return f"after a recount not reached; what we posted for {was['when']} does not stand."
    return f"经复核尚未达成，此前关于{was['when']}的消息撤回。"


def _after_all(now: dict[str, str], lang: Lang) -> str:
    if lang == "en":
        return f"reached after all, at {now['when']}."
    return f"已于{now['when']}达成。"


def _moved(was: dict[str, str], now: dict[str, str], kind: str, lang: Lang) -> str:
    """Return what has changed of the time, the figure it was about and its multiple, a clause each.

    Where the time stands and the start was moved, it is how long it took that has changed.
    """
    names = ["when", *_FIGURES.get(kind, ())]
    if was["when"] == now["when"] and kind not in _NOT_AFTER:
        names[0] = "elapsed"
    pairs = [(was[name], now[name]) for name in names]
    changed = [(before, after) for before, after in pairs if before and after and before != after]
    if lang == "en":
        told = "; ".join(f"{after}, not {before} as posted" for before, after in changed)
    else:
        told = "；".join(f"应为{after}，而非此前发布的{before}" for before, after in changed)
    return told and told + ("." if lang == "en" else "。")


def title(story: Story, lang: Lang) -> str:
    """Return the milestone's short name, for walls, lists and posters."""
    return title_of(story, lang)
