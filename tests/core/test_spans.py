import pytest

from dashboard.core.goals import counted, multiple
from dashboard.core.spans import span, spelled
from dashboard.core.zones import clock_time, day, zone_name


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (0, "", ""),
        (9, "9 s", "9秒"),
        (60, "1 min", "1分钟"),
        (61, "1 min 1 s", "1分1秒"),
        (8_349, "2 h 19 min 9 s", "2小时19分9秒"),
        (86_400, "24 h", "24小时"),
        (172_799, "47 h 59 min 59 s", "47小时59分59秒"),
        (180_061, "2 d 2 h 1 min", "2天2小时1分"),
    ],
)
def test_a_span_in_short(seconds: int, english: str, chinese: str) -> None:
    assert span(seconds, "en") == english
    assert span(seconds, "zh-hans") == chinese


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (60, "1 minute", "1分钟"),
        (600, "10 minutes", "10分钟"),
        (5_400, "1 hour 30 minutes", "1小时30分钟"),
        (172_800, "2 days", "2天"),
    ],
)
def test_a_span_in_full(seconds: int, english: str, chinese: str) -> None:
    assert spelled(seconds, "en") == english
    assert spelled(seconds, "zh-hans") == chinese


def test_a_span_known_to_the_minute_is_cut_to_it() -> None:
    assert span(8_399, "en", to_minutes=True) == "2 h 19 min"
    assert span(59, "en", to_minutes=True) == "59 s"


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (5, "5", "5"),
        (50_000, "50,000", "5万"),
        (999_999, "999,999", "99.99万"),
        (100_000_000, "100 million", "1亿"),
        (1_999_999_999, "1.99 billion", "19.99亿"),
    ],
)
def test_a_count_as_a_goal(value: int, english: str, chinese: str) -> None:
    assert counted(value, "en").text == english
    assert counted(value, "zh-hans").text == chinese


@pytest.mark.parametrize(
    ("thousandths", "text"), [(3_000, "3×"), (2_500, "2.5×"), (2_750, "2.75×"), (12_345, "12.345×")]
)
def test_a_multiple_as_a_goal_is_exact(thousandths: int, text: str) -> None:
    assert multiple(thousandths, "en").text == text


def test_an_instant_by_the_campaigns_own_clock() -> None:
    at = 1_352_563_200_000 - 1000
    assert clock_time(at, "Asia/Shanghai") == "23:59:59"
    assert clock_time(at, "America/New_York", seconds=False) == "10:59"
    assert (day(at, "Asia/Shanghai", "en"), day(at, "UTC", "zh-hans")) == (
        "10 November",
        "11月10日",
    )
    assert (zone_name("Asia/Shanghai").en, zone_name("America/New_York").en) == (
        "Beijing time",
        "New York",
    )
