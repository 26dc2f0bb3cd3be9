"""A smooth line through given points that never overshoots them: monotone cubic interpolation.

Fritsch and Butland's choice of slopes (SIAM J. Sci. Stat. Comput. 5, 1984): the weighted harmonic
mean of the neighbouring secants, nought at a summit or in a valley.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise


def line_through(xs: Sequence[float], ys: Sequence[float]) -> Callable[[float], float]:
    """Return a function through the points, two at least, `xs` ascending; constant beyond them.

    It rises and falls only where the points do, and its slope has no jumps.
    """
    slopes = _slopes(xs, ys)

    def value(x: float) -> float:
        if x <= xs[0]:
            return ys[0]
        if x >= xs[-1]:
            return ys[-1]
        i = bisect_right(xs, x) - 1
        width, rise = xs[i + 1] - xs[i], ys[i + 1] - ys[i]
        u = (x - xs[i]) / width
        bend = (1 - u) * slopes[i] - u * slopes[i + 1]
        tilt = (1 - 2 * u) * rise / width
        return ys[i] + u * rise + u * (1 - u) * width * (bend - tilt)

    return value


def _slopes(xs: Sequence[float], ys: Sequence[float]) -> list[float]:
    widths = [b - a for a, b in pairwise(xs)]
    secants = [(b - a) / w for (a, b), w in zip(pairwise(ys), widths, strict=True)]
    inner = [
        _harmonic(secants[i], secants[i + 1], widths[i], widths[i + 1])
        for i in range(len(secants) - 1)
    ]
    if not inner:
        return [secants[0], secants[0]]
    return [_end(secants[0], inner[0]), *inner, _end(secants[-1], inner[-1])]


def _harmonic(left: float, right: float, left_width: float, right_width: float) -> float:
    if left * right <= 0:
        return 0.0
    a, b = 2 * right_width + left_width, right_width + 2 * left_width
    return (a + b) / (a / left + b / right)


def _end(secant: float, neighbour: float) -> float:
    """Return the slope at an end: a parabola's, kept between none and three times the secant."""
    slope = (3 * secant - neighbour) / 2
    return max(0.0, min(slope, 3 * secant)) if secant >= 0 else min(0.0, max(slope, 3 * secant))
