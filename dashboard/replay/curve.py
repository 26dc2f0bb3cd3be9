"""One published year as running totals for each second, in fen: what was paid, what was asked for.

The running total is a monotone line through the published points, drawn over the running total of a
plausible shape: so it goes through every point, and its rate is the shape's times a factor that
changes without a jump. It is made in real numbers and turned into whole fen once; from there on
everything is counted in integers.
"""

from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise
from random import Random

import msgspec

from dashboard.replay import seeds
from dashboard.replay.shape import line, rates
from dashboard.replay.smooth import line_through

FEN = 100  # in a yuan
_MILLION_YUAN = 1_000_000 * FEN
# Where a year's split is not published, Tmall's part is that of 2012.
_TMALL_OF, _OF_ALL = 132, 191


class Curve(msgspec.Struct, frozen=True):
    """A year: its name, and running totals in fen at the seconds 0 to 86,400.

    `paid` is the turnover; `asked` what was submitted for payment by then, which is more while a
    saturated payment keeps orders waiting. `tmall` is Tmall's part of the whole.
    """

    name: str
    paid: list[int]
    asked: list[int]
    tmall: int

    @property
    def total(self) -> int:
        """The whole day's turnover in fen."""
        return self.paid[-1]

    def tmall_part(self, paid: int) -> int:
        """Return Tmall's part of the first `paid` fen of the day.

        It leads at midnight and falls back over the day: its share of what is paid goes from
        s + 0.28 s (1 - s) to s - 0.28 s (1 - s) around its share s of the whole.
        """
        total, tmall = self.total, self.tmall
        lead = 28 * paid * (total - paid) * tmall * (total - tmall) // (100 * total**3)
        return paid * tmall // total + lead

    def minutes(self) -> list[int]:
        """Return the turnover of each of the 1,440 minutes."""
        marks = self.paid[::60]
        return [after - before for before, after in pairwise(marks)]


@cache
def named(name: str) -> Curve:
    """Return the curve of a year, such as "2012" or "double11-2012".

    Raises `seeds.UnknownCurve`.
    """
    year = seeds.year_of(name)
    seed = seeds.year_seed(year)
    waiting = line(seed.queue)
    shape = rates(seeds.shape(seed.shape), waiting, Random(f"shape of {year}"))
    paid = running_total(shape, aims(seeds.points(year), seed.read_as))
    asked = [now + round(late * _MILLION_YUAN) for now, late in zip(paid, waiting, strict=True)]
    return Curve(year, paid, asked, _tmall(seed.tmall_yuan, paid[-1]))


def aims(points: Sequence[seeds.Point], read_as: dict[str, str]) -> list[tuple[int, int]]:
    """Return what to go through: seconds since the start, and fen."""
    moved = {seeds.seconds(named): seeds.seconds(read) for named, read in read_as.items()}
    return [(moved.get(p.offset_seconds, p.offset_seconds), p.gmv_yuan * FEN) for p in points]


def running_total(shape: Sequence[float], points: Sequence[tuple[int, int]]) -> list[int]:
    """Return the running total at each second, through `points`, rising like `shape` between them.

    `shape` are positive rates, one a second, in any unit; the last point ends the day.
    """
    clock = [0.0, *accumulate(shape)]
    total_at = line_through(
        [0.0, *(clock[second] for second, _ in points)],
        [0.0, *(float(amount) for _, amount in points)],
    )
    totals = [round(total_at(time)) for time in clock]
    for second, amount in points:
        totals[second] = amount
    return totals


def _tmall(yuan: int | None, total: int) -> int:
    return total * _TMALL_OF // _OF_ALL if yuan is None else yuan * FEN
