"""R1, R2, R3 (F10): two hundred kills of every role, a hundred thousand events and more."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.boards import Board
from tests.faults.figures import record
from tests.faults.killing import kill_at_random
from tests.faults.load import Load
from tests.faults.verdict import verdict

KILLS, EVERY_S, SEED = 200, 1.3, 2012
LEAST_EVENTS = 100_000
BY_FILE = 10_000


def test_two_hundred_kills_lose_and_double_nothing_f10(own: Board, tmp_path: Path) -> None:
    load = Load(own, "soak", batch=200)
    load.send(BY_FILE)
    file = tmp_path / "again.ndjson"
    file.write_text("\n".join(json.dumps(load.payment(number)) for number in range(BY_FILE)))
    kills: dict[str, int] = {}
    with load.running(), ThreadPoolExecutor(1) as beside:
        # The same payments by another way in, while processes die.
        again = beside.submit(own.manage, "importevents", load.slug, str(file), check=False)
        while sum(kills.values()) < KILLS or len(load.acknowledged) < LEAST_EVENTS:
            for role, more in kill_at_random(own, 10, EVERY_S, SEED + len(kills)).items():
                kills[role] = kills.get(role, 0) + more
        again.result()
    found = verdict(load, sum(kills.values()))
    assert found.acknowledged >= LEAST_EVENTS
    record("R1 R2 R3", f"kill -9, {sum(kills.values())} times: {kills}", str(found))
