"""Operators' alarms in words, English and Simplified Chinese."""

from typing import cast

from dashboard.core import figures
from dashboard.core import operator_alarms as kinds
from dashboard.core.names import safe_name
from dashboard.core.scales import Lang
from dashboard.store.alarms import Raised

# Characters of a detail: an alarm is to fit into the shortest of posts.
_LONGEST = 60

# What is wrong, and what is said when it is over.
_WORDS: dict[Lang, dict[str, tuple[str, str]]] = {
    "en": {
        kinds.BACKLOG: ("the oldest event not counted is {} s old", "counting has caught up"),
        kinds.HEALING: ("figures are being counted anew", "figures have been counted anew"),
        kinds.RECONCILE: (
            "figures differ from the ledger, milestones are on hold: {}",
            "figures agree with the ledger",
        ),
        kinds.PROCESS: ("process {} keeps dying", "process {} stays up"),
        kinds.FEED: ("feed needs a person: {}", "feed is in order: {}"),
        kinds.DISK: ("the disk is nearly full, {} MiB left", "the disk has room"),
        kinds.OUTBOX: ("the outbox is silent, posts are overdue", "the outbox works"),
        kinds.REDIS: ("Redis does not answer: {}", "Redis answers"),
    },
    "zh-hans": {
        kinds.BACKLOG: ("最早未计入的事件已等待 {} 秒", "计数已跟上"),
        kinds.HEALING: ("数据正在重新统计", "数据已重新统计完毕"),
        kinds.RECONCILE: ("数据与账本不一致，里程碑暂停：{}", "数据与账本一致"),
        kinds.PROCESS: ("进程 {} 反复退出", "进程 {} 已稳定"),
        kinds.FEED: ("渠道需要人工处理：{}", "渠道已正常：{}"),
        kinds.DISK: ("磁盘将满，剩余 {} MiB", "磁盘空间已恢复"),
        kinds.OUTBOX: ("发件箱没有响应，帖子已逾期", "发件箱已恢复"),
        kinds.REDIS: ("Redis 没有响应：{}", "Redis 已恢复"),
    },
}
_HEADS: dict[Lang, tuple[str, str]] = {
    "en": ("Alarm{}: {}", "All clear{}: {} (after {})"),
    "zh-hans": ("报警{}：{}", "解除{}：{}（历时 {}）"),
}


def what(raised: Raised, lang: str) -> str:
    """Return what is wrong, without a word of where."""
    return _filled(raised, lang, 0)


def alarm(raised: Raised, lang: str) -> str:
    """Return the post that raises an alarm."""
    return _HEADS[cast("Lang", lang)][0].format(_where(raised), what(raised, lang))


def all_clear(raised: Raised, lasted_s: int, lang: str) -> str:
    """Return the post that says it is over, after `lasted_s` seconds."""
    chosen = cast("Lang", lang)
    lasted = figures.remaining(max(0, lasted_s), chosen)
    return _HEADS[chosen][1].format(_where(raised), _filled(raised, lang, 1), lasted)


def _filled(raised: Raised, lang: str, which: int) -> str:
    words = _WORDS[cast("Lang", lang)][raised.about.kind][which]
    detail = safe_name(raised.detail, _LONGEST)
    return words.format(detail).rstrip(": ：")


def _where(raised: Raised) -> str:
    return f" {raised.campaign}" if raised.campaign else ""
