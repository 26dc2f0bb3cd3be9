"""The snapshot: a frame with every minute of the window up to now, and `meta`."""

import msgspec

from dashboard.core.clock import MINUTE_MS
from dashboard.core.frame import Frame, Meta, MinuteRow, Snapshot
from dashboard.pulse.cache import Cache
from dashboard.pulse.compose import minute_start, row

# Three days of minutes; a longer window is told in longer steps.
MOST_ROWS = 4_320
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440)


def step_minutes(window: range) -> int:
    """Return how many minutes one row of a snapshot stands for: as few as 4,320 rows allow."""
    return next((step for step in _STEPS if -(-len(window) // step) <= MOST_ROWS), _STEPS[-1])


def rows(cache: Cache, as_of_ms: int) -> list[MinuteRow]:
    """Return the window's minutes up to `as_of_ms` (campaign time), with zeroes where none came.

    One row a step; later ones too where an event has already come for them.
    """
    step, window = step_minutes(cache.window), cache.window
    latest = max((minute for minute in cache.minutes if minute in window), default=window.start - 1)
    end = min(max(latest, as_of_ms // MINUTE_MS) + 1, window.stop)
    if step == 1:
        return [row(cache, minute) for minute in range(window.start, end)]
    starts = range(window.start, end, step)
    return [_summed(cache, range(start, min(start + step, window.stop))) for start in starts]


def _summed(cache: Cache, minutes: range) -> MinuteRow:
    held = [row(cache, minute) for minute in minutes if minute in cache.minutes]
    return (
        minute_start(minutes.start),
        sum(one[1] for one in held),
        sum(one[2] for one in held),
        sum(one[3] for one in held),
    )


def figures(snapshot: Snapshot) -> Frame:
    """Return a snapshot's figures as a frame that repeats no minutes."""
    fields = {name: getattr(snapshot, name) for name in Frame.__struct_fields__}
    return Frame(**fields | {"kind": "frame", "minutes": []})


def snapshot(frame: Frame, minutes: list[MinuteRow], step_seconds: int, meta: Meta) -> Snapshot:
    """Return `frame` with these minutes and `meta`."""
    fields = msgspec.structs.asdict(frame) | {"kind": "snapshot", "minutes": minutes}
    return Snapshot(**fields, step_seconds=step_seconds, meta=meta)
