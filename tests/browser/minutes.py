"""The minutes of a festival's day like that of 2012, and its clock."""

import math
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2012, 11, 10, 16, tzinfo=UTC)  # midnight in Shanghai
YUAN = 100
Json = dict[str, Any]


def iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def campaign_time(clock: str) -> datetime:
    """The instant at which Shanghai's clocks show `clock`, hours that day: "16:20:35"."""
    hours, minutes, seconds = (int(part) for part in clock.split(":"))
    return START + timedelta(hours=hours, minutes=minutes, seconds=seconds)


def shape(minute: int) -> float:
    """Relative turnover of a minute: an opening peak, a trough at night, a long day."""
    hour = minute / 60
    opening = 1.8 * math.exp(-(((hour - 0.85) / (0.9 if hour < 0.85 else 1.6)) ** 2))
    day = 0.9 / (1 + math.exp(-(hour - 8.7) * 1.5)) * (1 - 0.035 * max(0.0, hour - 10.3))
    evening = 0.4 * math.exp(-(((hour - 21.8) / 1.6) ** 2)) + 0.25 * math.exp(-((24 - hour) / 0.4))
    noise = math.sin(minute * 12.9898) * 43758.5453 % 1 - 0.5
    return (0.08 + opening + day + evening) * (1 + 0.06 * noise)


def minute_rows(total: int, minutes: int) -> list[list[Any]]:
    """Rows of a snapshot whose gross sums up to `total` minor units."""
    weights = [shape(minute) for minute in range(minutes)]
    whole = sum(weights)
    gross = [int(total * weight / whole) for weight in weights]
    gross[-1] += total - sum(gross)
    return [
        [iso(START + timedelta(minutes=i)), value, 0, value // 18_000]
        for i, value in enumerate(gross)
    ]
