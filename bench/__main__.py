"""`python -m bench`: run the measurements, print the tables, write them beside JSON."""

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from bench import (
    instead,
    latency,
    limits,
    long,
    machine,
    opening,
    page,
    recompute,
    report,
    singles,
    throughput,
    viewers,
    wall,
)
from bench.options import Options
from bench.report import Table

MEASUREMENTS: dict[str, Callable[[Options], Table]] = {
    "throughput": throughput.measure,
    "singles": singles.measure,
    "latency": latency.measure,
    "wall": wall.measure,
    "page": page.measure,
    "opening": opening.measure,
    "viewers": viewers.measure,
    "recompute": recompute.measure,
    "instead": instead.measure,
    "limits": limits.measure,
    "long": long.measure,
}
# Ten minutes of their own.
_ONLY_WHEN_ASKED = ("long",)
# Measurements of ours, and those that they are compared with.
_OURS, _OTHERS = ("throughput", "singles"), ("instead", "limits")


def main(arguments: list[str]) -> None:
    """Measure, print, write `bench.md` and `bench.json`; with `--readme` also the README."""
    given = _parse(arguments)
    options = Options(runs=1 if given.quick else given.runs, quick=given.quick)
    tables: dict[str, Table] = {}
    for name in given.only or _usual(given.long):
        options.say(f"{name}:")
        tables[name] = MEASUREMENTS[name](options)
        print(tables[name].markdown(), end="\n\n", flush=True)
    if any(name in tables for name in _OURS) and any(name in tables for name in _OTHERS):
        tables["ratios"] = report.ratios(_rates(tables, _OURS), _rates(tables, _OTHERS))
        print(tables["ratios"].markdown(), end="\n\n")
    facts = machine.described() | {"Runs": f"{options.runs} of each: median (lowest-highest)"}
    path = report.write(given.to, facts, list(tables.values()))
    if given.readme:
        given.readme.write_text(report.into(given.readme.read_text(), path.read_text()))
    options.say(f"written to {path} and {path.with_suffix('.json')}")


def _usual(long_too: bool) -> list[str]:
    return [name for name in MEASUREMENTS if long_too or name not in _ONLY_WHEN_ASKED]


def _rates(tables: Mapping[str, Table], names: Iterable[str]) -> dict[str, float]:
    return {what: r for name in names if name in tables for what, r in tables[name].rates.items()}


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=MEASUREMENTS, metavar="NAME", help="of these")
    parser.add_argument("--quick", action="store_true", help="one run, a tenth of the events")
    parser.add_argument("--long", action="store_true", help="memory over 10 million events too")
    parser.add_argument("--runs", type=int, default=3, help="of each figure (%(default)s)")
    parser.add_argument("--to", type=Path, default=Path("var"), metavar="FOLDER")
    parser.add_argument("--readme", type=Path, metavar="FILE", help="replace its table")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
