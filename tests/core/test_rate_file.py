from datetime import UTC, datetime

import pytest

from dashboard.core import rate_file
from dashboard.core.rate_file import BadRates, Row


def read(text: str) -> list[Row]:
    return rate_file.read(text, "CNY", "Asia/Shanghai")


def test_rows_are_read_with_or_without_a_head() -> None:
    (row,) = read("currency,from,rate\nUSD, 2012-11-11T00:00:00+08:00 ,6.2384\n\n")
    assert row == Row("USD", datetime(2012, 11, 10, 16, tzinfo=UTC), "6.2384")
    assert read("USD,2012-11-10T16:00:00Z,6.2384") == [row]


def test_a_date_is_its_midnight_in_the_zone_of_the_campaign() -> None:
    (row,) = read("USD,2012-11-11,6.2384")
    assert row.since.astimezone(UTC) == datetime(2012, 11, 10, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: expected rows of currency,from,rate, got nothing"),
        ("currency,from,rate\nUSD,2012-11-11", "line 2: expected currency,from,rate, got 2 cells"),
        ("usd,2012-11-11,6", "line 1: currency: expected an ISO 4217 code .* got 'usd'"),
        ("CNY,2012-11-11,6", "line 1: currency: expected another than the campaign's own, CNY"),
        ("USD,11.11.2012,6", "line 1: from: expected a date or an instant .* got '11.11.2012'"),
        ("USD,2012-11-11T00:00,6", "line 1: from: expected"),
        ("USD,2012-11-11,six", "line 1: rate: expected a decimal above 0 .* got 'six'"),
        ("USD,2012-11-11,6\nUSD,2012-11-10T16:00Z,7", "line 2: from: USD .* stands twice"),
    ],
)
def test_an_error_names_line_and_field(text: str, message: str) -> None:
    with pytest.raises(BadRates, match=message):
        read(text)
