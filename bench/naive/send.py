"""Sends a task an event and waits until all are counted: `python -m bench.naive.send WAY FILE`.

Prints the seconds it took. Raises where the total is not what was sent.
"""

import sys
import time
from pathlib import Path

import msgspec
from django.db.models import Sum

from bench.naive import tasks
from bench.naive.counting import TOTAL
from bench.naive.models import Minute

_WITHIN_S = 120.0


def total(way: str) -> int:
    """Return the turnover counted so far, in minor units."""
    if way == "hincrby":
        return sum(map(int, tasks.client.hvals(TOTAL)))
    return Minute.objects.aggregate(sum=Sum("gross"))["sum"] or 0


def main(way: str, file: Path) -> None:
    """Send every event of the file to the task named `way`."""
    found = [msgspec.json.decode(line) for line in file.read_bytes().split(b"\n")]
    unique = {event["id"]: event["amount"] for event in found}
    each = [event["amount"] for event in found]
    expected = total(way) + sum(each if way == "hincrby" else unique.values())
    task = tasks.app.tasks[way]
    began = time.monotonic()
    for event in found:
        task.delay(event)
    while total(way) < expected:
        if time.monotonic() > began + _WITHIN_S:
            raise SystemExit(f"counted {total(way)} of {expected}")
        time.sleep(0.02)
    assert total(way) == expected
    print(time.monotonic() - began)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
