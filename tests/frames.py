"""Frames and snapshots as the pulse makes them, with few figures in them."""

from typing import Any

import msgspec

from dashboard.core.frame import (
    Backlog,
    ClockMeta,
    Frame,
    Meta,
    Milestones,
    Names,
    Payments,
    Site,
    Snapshot,
    Topups,
    Turnover,
    Window,
)

_FIGURES: dict[str, Any] = {
    "campaign": "festival",
    "epoch": 1,
    "seq": 1,
    "as_of": "2012-11-10T16:00:01Z",
    "behind_seconds": 0.2,
    "sent_at": "2026-01-01T00:00:00Z",
    "status": "live",
    "final": False,
    "turnover": Turnover(500, 0, 500, "CNY", 2),
    "orders": 5,
    "buyers": None,
    "payments": Payments(5, 0, None, 0, 0, 5, 5, None),
    "minute": None,
    "peak_minute": None,
    "minutes": [("2012-11-10T16:00:00Z", 500, 0, 5)],
    "by": {},
    "topups": Topups(0, 0),
    "reference": None,
    "forecast": None,
    "milestones": Milestones([], None),
    "site": Site("normal", None, "", []),
    "notice": None,
    "counters": {},
    "position": 1,
    "healing": False,
    "backlog": Backlog(0, 0, 0.0),
}
_META = Meta(
    name=Names("Festival", "节"),
    zone="Asia/Shanghai",
    zone_name=Names("China Standard Time", "中国标准时间"),
    windows=[Window("2012-11-10T16:00:00Z", "2012-11-11T16:00:00Z")],
    clock=ClockMeta("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", 1.0, rehearsal=False),
    basis=Names("", ""),
    labels={},
    limits={},
    dimensions=["platform"],
    asset_version="1",
)


def frame(**changed: Any) -> bytes:
    """Return a frame as JSON."""
    return msgspec.json.encode(Frame(**_FIGURES | changed))


def snapshot(**changed: Any) -> bytes:
    """Return a snapshot as JSON."""
    return msgspec.json.encode(Snapshot(**_FIGURES | changed, meta=_META))
