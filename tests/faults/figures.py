"""What the suite has measured: kept while it runs, printed as a table at its end.

With FIGURES, a file, several runs share one table: `python -m tests.faults.figures FILE`.
"""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

Row = tuple[str, str, str]
ROWS: list[Row] = []
SHARED = os.environ.get("FIGURES")


def record(promise: str, what: str, figures: str) -> None:
    """Note what was found of a promise (R1, F11 …), and print it."""
    row = (promise, what, figures)
    print(f"{promise} {what}: {figures}")
    if SHARED:
        with Path(SHARED).open("a") as file:
            file.write(f"{json.dumps(row)}\n")
    else:
        ROWS.append(row)


def table(rows: Iterable[Row]) -> list[str]:
    """Return what was noted as the lines of a Markdown table, promises before faults."""
    told = [f"| {' | '.join(row)} |" for row in sorted(rows, key=_place)]
    return ["| promise | what was done | found |", "| --- | --- | --- |", *told] if told else []


def _place(row: Row) -> tuple[bool, int, Row]:
    first = row[0].split()[0]
    return first[0] != "R", int(first[1:]), row


if __name__ == "__main__":
    lines = Path(sys.argv[1]).read_text().splitlines()
    print("\n".join(table(tuple(json.loads(line)) for line in lines)))
