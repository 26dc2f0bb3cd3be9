"""The shape of a day: how fast payments come in each second, before it is bent to the record."""

from random import Random

from dashboard.replay.seeds import Knots, seconds
from dashboard.replay.smooth import line_through

DAY_SECONDS = 86_400
# Unrest of the rates, up or down: a slow one between marks 90 s apart, a fast one every second.
_SLOW, _SLOW_SECONDS, _FAST = 0.035, 90, 0.06


def line(knots: Knots) -> list[float]:
    """Return the smooth line through `knots` at each second of the day, both ends included."""
    if not knots:
        return [0.0] * (DAY_SECONDS + 1)
    value = line_through([float(seconds(at)) for at, _ in knots], [y for _, y in knots])
    return [value(float(second)) for second in range(DAY_SECONDS + 1)]


def rates(asked_a_minute: Knots, waiting: list[float], random: Random) -> list[float]:
    """Return what is paid in each second of the day, in the unit of `asked_a_minute`.

    `waiting` is what waits for its payment at each second: while it grows less is paid than asked,
    while it falls more.
    """
    asked = line(asked_a_minute)
    unrest = _unrest(random)
    return [
        (asked[t] + asked[t + 1]) / 120 * unrest[t] - (waiting[t + 1] - waiting[t])
        for t in range(DAY_SECONDS)
    ]


def _unrest(random: Random) -> list[float]:
    nodes = [random.uniform(-_SLOW, _SLOW) for _ in range(DAY_SECONDS // _SLOW_SECONDS + 1)]
    unrest = []
    for second in range(DAY_SECONDS):
        node, within = divmod(second, _SLOW_SECONDS)
        slow = nodes[node] + (nodes[node + 1] - nodes[node]) * within / _SLOW_SECONDS
        unrest.append(1 + slow + random.uniform(-_FAST, _FAST))
    return unrest
