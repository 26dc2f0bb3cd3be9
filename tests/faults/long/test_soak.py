"""R1, R2, R3 (F10): two hundred kills of every role, a hundred thousand events and more."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.boards import Board
from tests.faults.figures import record
from tests.faults.killing import Killer
from tests.faults.load import Load
from tests.faults.verdict import verdict

KILLS, EVERY_S, SEED = 200, 0.5, 2012
LEAST_EVENTS = 100_000
BY_FILE = 10_000


def test_two_hundred_kills_lose_and_double_nothing_f10(own: Board, tmp_path: Path) -> None:
    load = Load(own, "soak", pause_s=0.02)
    load.send(BY_FILE)
    file = tmp_path / "again.ndjson"
    file.write_text("\n".join(json.dumps(load.payment(number)) for number in range(BY_FILE)))
    killer = Killer(own, EVERY_S, SEED, lambda: len(load.acknowledged))
    with load.running(), ThreadPoolExecutor(1) as beside:
        # The same payments by another way in, while processes die.
        again = beside.submit(own.manage, "importevents", load.slug, str(file), check=False)
        while killer.total < KILLS or len(load.acknowledged) < LEAST_EVENTS:
            killer.kill()
        again.result()
    found = verdict(load, killer.total)
    assert found.acknowledged >= LEAST_EVENTS
    record(
        "R1 R2 R3", f"kill -9, {killer.total} times: {killer.kills}", f"30 % sent twice; {found}"
    )
