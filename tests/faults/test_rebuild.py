"""F49: the figures counted anew while they are counted on: the wall never drops nor doubles."""

from tests.boards import Board
from tests.faults.figures import record
from tests.faults.load import Load
from tests.faults.verdict import verdict
from tests.path.watching import frames_during

REBUILD = """
from dashboard.store import campaigns, connect
from dashboard.tally.rebuild import rebuild
for _ in range(3):
    rebuild(connect.require(), campaigns.by_slug("{slug}").pk)
"""


def test_a_rebuild_under_load_is_never_seen_f49(faulty: Board) -> None:
    load = Load(faulty, "rebuilt", clients=2, pause_s=0.1)
    load.send(4_000)
    script = REBUILD.format(slug=load.slug)
    with load.running():
        frames = frames_during(
            faulty, load.slug, lambda: faulty.manage("shell", "-c", script), seconds=2
        )
    totals = [frame["turnover"]["gross"] for frame in frames]
    assert totals == sorted(totals)
    found = verdict(load)
    assert totals[-1] > totals[0]
    record("F49", "three rebuilds under load", f"total rose in {len(totals)} frames; {found}")
