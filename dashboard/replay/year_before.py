"""A replayed year as the one to beat."""

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from dashboard.core.reference import Points
from dashboard.replay import beside, curve, seeds
from dashboard.replay.curve import Curve
from dashboard.store.other_years import OtherYear

# Minutes from the start at which breakdowns are known: the quarters of an hour.
_QUARTERS = range(0, 1441, 15)


def year_before(name: str) -> OtherYear:
    """Return a published year as a reference. Raises `seeds.UnknownCurve`."""
    year = curve.named(name)
    demo, seed = seeds.demo(year.name), seeds.year_seed(year.name)
    return OtherYear(
        label=year.name,
        total=year.total,
        minutes=year.minutes(),
        basis=demo.basis,
        basis_zh=demo.basis_zh,
        counters={"visits": _visits(beside.visits(year, seed))},
        by={
            "platform": _platforms(year),
            "category": _shared(year, seeds.labels()["category"]),
            "region": _shared(year, seeds.labels()["region"]),
        },
    )


def _visits(each_second: Iterable[int]) -> Points:
    """Return running totals of visits; the first minute, which is on record, stands apart."""
    running = [0, *accumulate(each_second)]
    return [[minute, running[minute * 60]] for minute in sorted({1, *_QUARTERS})]


def _platforms(year: Curve) -> dict[str, Points]:
    paid = [(minute, year.paid[minute * 60]) for minute in _QUARTERS]
    points: dict[str, Points] = {
        "tmall": [[minute, year.tmall_part(total)] for minute, total in paid],
        "taobao": [[minute, total - year.tmall_part(total)] for minute, total in paid],
    }
    return {key: rows for key, rows in points.items() if rows[-1][1]}


def _shared(year: Curve, keys: Sequence[seeds.Key]) -> dict[str, Points]:
    """Return each key's part of the running total, by its share of the year; together all of it."""
    bounds = [0, *accumulate(key.share_before for key in keys)]
    paid = [(minute, year.paid[minute * 60]) for minute in _QUARTERS]
    return {
        key.key: [
            [minute, total * above // bounds[-1] - total * below // bounds[-1]]
            for minute, total in paid
        ]
        for key, (below, above) in zip(keys, pairwise(bounds), strict=True)
    }
