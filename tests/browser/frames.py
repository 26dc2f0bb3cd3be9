"""Canned figures like those of a festival's afternoon, for pages that have no board behind them."""

import copy
from datetime import datetime, timedelta
from typing import Any

from tests.browser.minutes import START, YUAN, Json, campaign_time, iso, minute_rows, shape
from tests.browser.shares import BY, LABELS

TOTAL = 12_271_640_306


def last_year(total: int = 3_360_000_000 * YUAN) -> Json:
    """What the reference address answers."""
    weights = [shape(minute) for minute in range(1440)]
    minutes = [int(total * weight / sum(weights)) for weight in weights]
    amounts = [500_000_000, 1_000_000_000, 2_000_000_000, 3_000_000_000]
    reached = zip(amounts, (124, 583, 969, 1332), strict=True)
    return {
        "label": "2011",
        "basis": {"en": "Tmall alone", "zh-hans": "仅天猫"},
        "total": total,
        "start": iso(START),
        "step_seconds": 60,
        "minutes": minutes,
        "milestones": [
            {"key": str(amount), "amount": amount * YUAN, "label": "", "offset_minutes": offset}
            for amount, offset in reached
        ],
        "counters": {},
        "by": {},
        "others": [],
    }


def reached(amount: int, clock: str, kind: str = "amount", announced: str = "") -> Json:
    return {
        "key": f"{kind}-{amount}",
        "kind": kind,
        "amount": amount * YUAN,
        "label": "",
        "crossed_at": iso(campaign_time(clock)),
        "announced_at": announced or iso(campaign_time(clock)),
        "confirmed": True,
    }


REACHED = [
    reached(1_000_000_000, "00:37:10"),
    reached(2_000_000_000, "01:10:02"),
    reached(3_360_000_000, "02:19:00", "reference_total"),
    reached(5_000_000_000, "08:16:30"),
    reached(10_000_000_000, "13:38:04"),
]


def meta(**changes: Any) -> Json:
    """A snapshot's meta; real time is the campaign's here, no rehearsal."""
    return {
        "name": {"en": "11.11 Shopping Festival 2012", "zh-hans": "11.11 购物狂欢节 2012"},
        "zone": "Asia/Shanghai",
        "zone_name": {"en": "Beijing time", "zh-hans": "北京时间"},
        "windows": [{"start": iso(START), "end": iso(START + timedelta(days=1))}],
        "clock": {
            "real": iso(START),
            "campaign": iso(START),
            "speed": 1.0,
            "rehearsal": False,
        },
        "basis": {"en": "Tmall and Taobao", "zh-hans": "天猫与淘宝"},
        "labels": LABELS,
        "limits": {"amber_seconds": 5, "stale_seconds": 10, "success_critical_permille": 900},
        "dimensions": ["category", "region"],
        "asset_version": "test",
        **changes,
    }


def snapshot(clock: str = "16:20:35", total: int = TOTAL, **changes: Any) -> Json:
    """A snapshot at a time of the day, `total` yuan turned over."""
    now = campaign_time(clock)
    minutes = max(1, min(1440, int((now - START).total_seconds() // 60) + 1))
    rows = minute_rows(total * YUAN, minutes)
    best = max(rows, key=lambda row: row[1])
    whole = {
        "kind": "snapshot",
        "v": 1,
        "campaign": "festival",
        "epoch": 1,
        "seq": 1,
        "as_of": iso(now),
        "behind_seconds": 1.2,
        "sent_at": iso(now),
        "status": "live",
        "final": False,
        "turnover": {
            "gross": total * YUAN,
            "refunds": 38_200_000 * YUAN,
            "net": (total - 38_200_000) * YUAN,
            "currency": "CNY",
            "exponent": 2,
        },
        "orders": 68_200_000,
        "buyers": 41_600_000,
        "payments": {
            "succeeded": 68_200_000,
            "failed": 260_150,
            "success_rate": 0.9962,
            "pending": 1_200,
            "stuck": 38,
            "per_second": 1_231,
            "peak_per_second": 3_412,
            "peak_at": iso(campaign_time("00:59:20")),
        },
        "minute": {"start": rows[-1][0], "gross": rows[-1][1], "payments": rows[-1][3]},
        "peak_minute": {"start": best[0], "gross": best[1], "payments": best[3]},
        "minutes": rows,
        "by": copy.deepcopy(BY),
        "topups": {"amount": 0, "count": 0},
        "reference": {
            "label": "2011",
            "total": 3_360_000_000 * YUAN,
            "to_now": 2_030_000_000 * YUAN,
            "multiple": 6.05,
        },
        "forecast": {
            "gross": 19_184_000_000 * YUAN,
            "low": 18_700_000_000 * YUAN,
            "high": 19_800_000_000 * YUAN,
        },
        "milestones": {
            "reached": REACHED,
            "next": {
                "key": "15b",
                "kind": "amount",
                "amount": 15_000_000_000 * YUAN,
                "label": "",
                "eta": iso(campaign_time("20:04:00")),
            },
        },
        "site": {"state": "normal", "since": None, "note": "", "episodes": []},
        "notice": None,
        "counters": {},
        "position": 7,
        "healing": False,
        "backlog": {"batches": 0, "events": 0, "oldest_seconds": 0.0},
        "step_seconds": 60,
        "meta": meta(),
    }
    return {**whole, **changes}


def page_config(lang: str, **changes: Any) -> Json:
    """What a screen's page is told by its server."""
    api = "/api/v1/campaigns/festival"
    return {
        "slug": "festival",
        "now": 0,  # the messages are newer
        "lang": lang,
        "snapshot": f"{api}/snapshot",
        "reference": f"{api}/reference",
        "socket": "/ws/campaigns/festival/",
        "motion": True,
        "orbit": False,
        **changes,
    }


def frame_after(before: Json, seconds: float = 1.0, **changes: Any) -> Json:
    """The frame that follows `before` after some seconds, with the same figures but `changes`."""
    following = {key: value for key, value in before.items() if key not in {"meta", "step_seconds"}}
    following.update(kind="frame", minutes=[], seq=before["seq"] + 1)
    for name in ("as_of", "sent_at"):
        moment = datetime.fromisoformat(before[name]) + timedelta(seconds=seconds)
        following[name] = iso(moment)
    return {**following, **changes}


def turnover(total: int) -> Json:
    """A frame's turnover of `total` yuan."""
    gross = total * YUAN
    return {"gross": gross, "refunds": 0, "net": gross, "currency": "CNY", "exponent": 2}
