"""F17: every connection to Redis goes silent without a word (no FIN): noticed, and mended."""

import time
from pathlib import Path

from tests import boards
from tests.faults.figures import record
from tests.faults.load import Load, p99_s, statuses
from tests.faults.long.cut_link import Link
from tests.faults.long.valkeys import Valkey
from tests.faults.verdict import verdict
from tests.faults.watch import seconds_until_fresh

WITHIN_S = 60


def test_half_open_connections_are_noticed_f17(tmp_path: Path) -> None:
    valkey = Valkey(tmp_path)
    valkey.start()
    link = Link(valkey.port)
    url = f"redis://127.0.0.1:{link.port}/0"
    try:
        with boards.running(tmp_path / "data", REDIS_URL=url) as board:
            load = Load(board, "half-open", clients=2, pause_s=0.05)
            with load.running():
                seconds_until_fresh(load)
                link.cut()
                cut = time.monotonic()
                fresh_s = seconds_until_fresh(load, WITHIN_S)
            answers = load.since(cut)
            assert set(statuses(answers)) == {202}
            told = (
                f"fresh after {fresh_s:.1f} s, ingest p99 {p99_s(answers):.2f} s; {verdict(load)}"
            )
            record("F17", "connections to Redis half open", told)
    finally:
        link.close()
        valkey.stop()
