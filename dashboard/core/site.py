"""The payment site as staff describe it: its state now, and the episodes that were not normal."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from dashboard.core.events import rfc3339
from dashboard.core.frame import Episode, Site

NORMAL: Literal["normal"] = "normal"
State = Literal["normal", "queueing", "diverting", "recovered"]


class Stretch(msgspec.Struct, frozen=True):
    """A state that lasts from `since_ms` (campaign time) until the next one begins."""

    id: int
    state: State
    since_ms: int
    note: str
    worst_stuck: int


def begun(stretches: Sequence[Stretch], now_ms: int) -> list[Stretch]:
    """Return those that have begun by `now_ms` (campaign time); `stretches` are oldest first."""
    return [one for one in stretches if one.since_ms <= now_ms]


def told(stretches: Sequence[Stretch], now_ms: int) -> Site:
    """Return what a frame says of the site at `now_ms` (campaign time)."""
    past = begun(stretches, now_ms)
    ends = [rfc3339(one.since_ms) for one in past[1:]]
    episodes = [
        Episode(one.state, rfc3339(one.since_ms), end, one.worst_stuck)
        for one, end in zip(past, [*ends, None], strict=False)
        if one.state != NORMAL
    ]
    if not past:
        return Site(NORMAL, None, "", episodes)
    return Site(past[-1].state, rfc3339(past[-1].since_ms), past[-1].note, episodes)
