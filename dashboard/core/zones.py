"""Instants as the clock of a campaign's zone shows them, always of 24 hours."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dashboard.core.frame import Names
from dashboard.core.scales import Lang

_NAMES = {"Asia/Shanghai": Names("Beijing time", "北京时间")}
_MONTHS = "January February March April May June July August September October November December"


def zone_name(zone: str) -> Names:
    """Return how screens name an IANA zone: by its city, where it has no name of its own here."""
    city = zone.rpartition("/")[2].replace("_", " ")
    return _NAMES.get(zone, Names(city, city))


def clock_time(at_ms: int, zone: str, seconds: bool = True, end: bool = False) -> str:
    """Return the time of day, 13:38:04, or to the minute; the `end` of a day is 24:00:00."""
    text = f"{_local(at_ms, zone):{'%H:%M:%S' if seconds else '%H:%M'}}"
    return text.replace("00", "24", 1) if end and set(text) <= set("0:") else text


def day(at_ms: int, zone: str, lang: Lang) -> str:
    """Return the date without its year: 11 November, 11月11日."""
    local = _local(at_ms, zone)
    if lang == "en":
        return f"{local.day} {_MONTHS.split()[local.month - 1]}"
    return f"{local.month}月{local.day}日"


def _local(at_ms: int, zone: str) -> datetime:
    return datetime.fromtimestamp(at_ms // 1000, UTC).astimezone(ZoneInfo(zone))
