from datetime import UTC, datetime

import pytest

from dashboard.replay.reference_file import BadReference, Figures, read

START = datetime(2012, 11, 10, 16, tzinfo=UTC)


def figures(text: str, window_minutes: int = 1440) -> Figures:
    return read(text, START, "Asia/Shanghai", window_minutes)


@pytest.mark.parametrize(
    "text",
    [
        "minute,gross\n00:00,5\n00:02,7\n",
        "0,5\n2,7",
        "2011-11-11T00:00+08:00,5\n2011-11-11T00:02:00+08:00,7\n",
        "2011-11-10T16:00Z,5\n\n2011-11-10T16:02Z,7\n",
        "00:02,7\n00:00,5\n",
    ],
)
def test_a_minute_is_an_offset_or_an_instant_of_that_year(text: str) -> None:
    assert figures(text) == Figures(12, [5, 0, 7])


@pytest.mark.parametrize("text", ["336000000000", "total\n336000000000\n", "gross\n336000000000"])
def test_a_single_number_is_the_total(text: str) -> None:
    assert figures(text) == Figures(336_000_000_000, [])


def test_a_festival_over_new_year_begins_in_the_old_one() -> None:
    start = datetime(2012, 12, 31, 16, tzinfo=UTC)
    text = "2011-12-31T16:01Z,5\n2012-01-01T00:00Z,6"
    assert read(text, start, "UTC", 1440).minutes[1] == 5
    assert read(text, start, "UTC", 1440).minutes[480] == 6


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "line 1: expected rows"),
        ("minute,gross\n", "line 1: expected rows"),
        ("00:00,1.5", "line 1: gross: expected a whole number of minor units"),
        ("minute,gross\n00:00,-5", "line 2: gross: .*'-5'"),
        ("00:00,99999999999999999", "line 1: gross"),
        ("00:61,5", "line 1: minute: expected HH:MM"),
        ("24:00,5", "line 1: minute: .* under 1440 minutes"),
        ("2011-11-11T00:00,5\n", "line 1: minute: .*RFC 3339"),
        ("2011-11-11T00:00:30+08:00,5\n", "line 1: minute"),
        ("0,5\n00:00,6", "line 2: minute: 00:00 stands twice"),
        ("0,5,6", "line 1: expected minute,gross, got 3 cells"),
        ("lots", "line 1: total: .*'lots'"),
    ],
)
def test_what_cannot_be_read_is_named_by_line_and_field(text: str, reason: str) -> None:
    with pytest.raises(BadReference, match=reason):
        figures(text)
