"""From figures to something to read: medians, spreads, percentiles, a Markdown table, JSON."""

import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

BEGIN, END = "<!-- make bench: begin -->", "<!-- make bench: end -->"


class Spread(msgspec.Struct, frozen=True):
    """What several runs of the same gave; `brief` shows the median alone."""

    runs: tuple[float, ...]
    digits: int = 0
    brief: bool = False

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.runs)

    def told(self) -> dict[str, Any]:
        """Return the spread for JSON."""
        lowest, highest = min(self.runs), max(self.runs)
        return {"median": self.median, "min": lowest, "max": highest, "runs": self.runs}

    def __str__(self) -> str:
        def text(value: float) -> str:
            return f"{value:,.{self.digits}f}"

        if self.brief or len(self.runs) == 1:
            return text(self.median)
        return f"{text(self.median)} ({text(min(self.runs))}-{text(max(self.runs))})"


Cell = str | Spread


def spread(runs: Sequence[float], digits: int = 0, brief: bool = False) -> Spread:
    """Return the spread of `runs`, shown with so many digits after the point."""
    return Spread(tuple(runs), digits, brief)


class Table(msgspec.Struct):
    """One measurement: its rows, and the rates (by name) that others are compared with."""

    title: str
    columns: list[str]
    rows: list[list[Cell]]
    note: str = ""
    rates: dict[str, float] = msgspec.field(default_factory=dict)

    def markdown(self) -> str:
        """Return the table under its title."""
        lines = [f"**{self.title}**", "", _row(self.columns), _row(["---"] * len(self.columns))]
        lines += [_row([str(cell) for cell in row]) for row in self.rows]
        return "\n".join([*lines, *(["", self.note] if self.note else [])])

    def told(self) -> dict[str, Any]:
        """Return the table for JSON: one object a row, each figure with all of its runs."""
        rows = [
            {
                name: cell.told() if isinstance(cell, Spread) else cell
                for name, cell in zip(self.columns, row, strict=True)
            }
            for row in self.rows
        ]
        return {"title": self.title, "note": self.note, "rows": rows, "rates": self.rates}


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def percentile(found: Sequence[float], percent: float) -> float:
    """Return the smallest of `found` that so many per cent do not exceed (nearest rank)."""
    ordered = sorted(found)
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(0, int(rank) - 1)]


def ratios(ours: Mapping[str, float], others: Mapping[str, float]) -> Table:
    """Return each rate of ours as a multiple of each of the others'."""
    rows: list[list[Cell]] = [
        [name, f"{rate:,.0f}", *(_times(rate / other) for other in others.values())]
        for name, rate in ours.items()
    ]
    columns = ["ours", "a second", *(f"{name}, {rate:,.0f}" for name, rate in others.items())]
    return Table("As ratios: ours in multiples of the column's rate", columns, rows)


def _times(ratio: float) -> str:
    if ratio >= 10:
        return f"{ratio:,.0f}"
    return f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.3f}"


def markdown(machine: Mapping[str, str], tables: Sequence[Table]) -> str:
    """Return the whole report."""
    facts = "\n".join(f"- {name}: {value}" for name, value in machine.items())
    return "\n\n".join([facts, *(table.markdown() for table in tables)]) + "\n"


def write(folder: Path, machine: Mapping[str, str], tables: Sequence[Table]) -> Path:
    """Write `bench.md`, and `bench.json` beside it; return the first."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {"machine": dict(machine), "tables": [table.told() for table in tables]}
    encoded = msgspec.json.format(msgspec.json.encode(told), indent=1)
    (folder / "bench.json").write_bytes(encoded + b"\n")
    path = folder / "bench.md"
    path.write_text(markdown(machine, tables))
    return path


def into(text: str, report: str) -> str:
    """Return a README with `report` between the two marks; raises `ValueError` without them."""
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"expected the lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n{report.strip()}\n{END}{after}"
