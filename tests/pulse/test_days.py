"""F42: local days of 23, 24 and 25 hours: each minute once, whatever the zone's clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from dashboard.pulse.cache import Cache
from dashboard.pulse.snapshot import rows
from dashboard.store.tallies import Figures

DAYS = [
    ("Asia/Shanghai", date(2026, 11, 11), 24),
    ("America/New_York", date(2026, 11, 1), 25),
    ("America/New_York", date(2026, 3, 8), 23),
    ("Europe/Berlin", date(2026, 3, 29), 23),
    # There is no midnight on these two: the day begins at 01:00.
    ("Africa/Cairo", date(2026, 4, 24), 23),
    ("America/Santiago", date(2026, 9, 6), 23),
    ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
]


def midnight(zone: str, day: date) -> datetime:
    """Return the instant at which a local day begins."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(("zone", "day", "hours"), DAYS)
def test_each_minute_of_a_local_day_is_told_once_f42(zone: str, day: date, hours: float) -> None:
    start, end = midnight(zone, day), midnight(zone, day + timedelta(days=1))
    first, past = int(start.timestamp()) // 60, int(end.timestamp()) // 60
    cache = Cache(range(first, past))
    paid = {minute: {"gross": 1, "payments": 1} for minute in range(first - 1, past + 1)}
    cache.take(Figures("one", 1, minutes=paid), 0)
    told = [row[0] for row in rows(cache, past * 60_000)]
    assert len(told) == len(set(told)) == cache.sums.total["gross"] == hours * 60
    assert told[0] == start.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert told == sorted(told)
