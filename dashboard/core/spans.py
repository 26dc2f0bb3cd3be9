"""Stretches of time as words say them, cut to what is known."""

from dashboard.core.scales import Lang

_SECONDS = (86_400, 3600, 60, 1)
_SHORT = {"en": (" d", " h", " min", " s"), "zh-hans": ("天", "小时", "分", "秒")}
_LONG = {"en": (" day", " hour", " minute", " second"), "zh-hans": ("天", "小时", "分钟", "秒")}
# Below two days a stretch is told in hours: 24 h, 47 h 59 min.
_DAYS_FROM = 2 * 86_400


def span(seconds: int, lang: Lang, to_minutes: bool = False) -> str:
    """Return 2 h 19 min 9 s, 2小时19分9秒; from 48 hours, or if asked to, whole minutes alone."""
    to_minutes = to_minutes or seconds >= _DAYS_FROM
    parts = _parts(seconds - seconds % 60 if to_minutes and seconds >= 60 else seconds)
    units = list(_SHORT[lang])
    if lang != "en" and not any((*parts[:2], parts[3])):
        units[2] = "分钟"
    return _joined([f"{part}{unit}" for part, unit in zip(parts, units, strict=True) if part], lang)


def spelled(seconds: int, lang: Lang) -> str:
    """Return a round stretch in full words: 1 minute, 10 minutes, 2 hours, 24小时."""
    pairs = zip(_parts(seconds), _LONG[lang], strict=True)
    return _joined([f"{part}{_of_many(unit, part, lang)}" for part, unit in pairs if part], lang)


def _of_many(unit: str, number: int, lang: Lang) -> str:
    return f"{unit}s" if lang == "en" and number > 1 else unit


def _parts(seconds: int) -> list[int]:
    parts, sizes = [], _SECONDS if seconds >= _DAYS_FROM else (seconds + 1, *_SECONDS[1:])
    for size in sizes:
        part, seconds = divmod(seconds, size)
        parts.append(part)
    return parts


def _joined(parts: list[str], lang: Lang) -> str:
    return (" " if lang == "en" else "").join(parts)
