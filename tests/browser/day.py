"""A festival's day in frames, each worked out from its second: what a wall is fed for hours."""

from datetime import timedelta
from itertools import accumulate
from typing import Any

from tests.browser.frames import snapshot
from tests.browser.minutes import START, YUAN, Json, iso, minute_rows
from tests.browser.shares import BY

TOTAL = 19_100_326_418
_ROWS = minute_rows(TOTAL * YUAN, 1440)
_DONE: list[int] = [0, *accumulate(int(row[1]) for row in _ROWS)]
_ALL = sum(share["gross"] for share in BY["category"].values())


def gross(second: int) -> int:
    """The turnover, in minor units, of the day's first `second` seconds."""
    minute, rest = divmod(second, 60)
    return _DONE[minute] + int(_row(second)[1]) * rest // 60 if minute < 1440 else _DONE[-1]


def _row(second: int) -> list[Any]:
    return _ROWS[min(second // 60, 1439)]


def _running(second: int) -> list[list[object]]:
    """The rows of the minutes that changed in the last 30 s."""
    start, gross_now, refunds, payments = _row(second)
    part = second % 60
    now: list[object] = [start, gross_now * part // 60, refunds, payments * part // 60]
    return [list(_row(second - 60)), now] if part < 30 and second >= 60 else [now]


def _shares(dimension: str, whole: int, second: int) -> Json:
    """A dimension's keys, each with its part of `whole`, and a little more or less of it."""
    parts = {
        key: whole * share["gross"] // _ALL * (100 + (second // 45 + 7 * n) % 5) // 100
        for n, (key, share) in enumerate(BY[dimension].items())
    }
    return {
        key: {"gross": part, "payments": part // 18_000, "multiple": 5.0 + part % 50 / 10}
        for key, part in parts.items()
    }


def figures(second: int) -> Json:
    """What a frame says of the day's first `second` seconds."""
    whole, now = gross(second), iso(START + timedelta(seconds=second))
    best = max(_ROWS[: second // 60 + 1], key=lambda row: row[1])
    return {
        "seq": second + 2,
        "as_of": now,
        "sent_at": now,
        "turnover": {
            "gross": whole,
            "refunds": 0,
            "net": whole,
            "currency": "CNY",
            "exponent": 2,
        },
        "orders": whole // 18_000,
        "buyers": whole // 30_000,
        "minute": dict(
            zip(("start", "gross", "payments"), _take(_running(second)[-1]), strict=True)
        ),
        "peak_minute": {"start": best[0], "gross": best[1], "payments": best[3]},
        "by": {name: _shares(name, whole, second) for name in ("platform", "category", "region")},
        "reference": {
            "label": "2011",
            "total": 3_360_000_000 * YUAN,
            "to_now": whole // 6 + 1,
            "multiple": 6.0,
        },
    }


def _take(row: list[object]) -> tuple[object, object, object]:
    return row[0], row[1], row[3]


def opening(second: int) -> Json:
    """The snapshot of the day's first `second` seconds."""
    rows = [list(row) for row in _ROWS[: second // 60]] + _running(second)[-1:]
    return snapshot(**figures(second), minutes=rows, milestones={"reached": [], "next": None})


def frame(second: int) -> Json:
    """The frame of the day's first `second` seconds."""
    following = {
        key: value for key, value in opening(second).items() if key not in {"meta", "step_seconds"}
    }
    return {**following, "kind": "frame", "minutes": _running(second)}
