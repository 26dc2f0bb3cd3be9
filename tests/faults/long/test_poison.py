"""F47: an event at which the counting process dies, each time: put aside, and the rest flows."""

from tests.boards import Board
from tests.faults.arming import armed, hits
from tests.faults.figures import record
from tests.faults.load import Load, amount
from tests.faults.verdict import at_rest, look
from tests.faults.watch import seconds_until
from tests.path.watching import campaign_id, database

# The last of a thousand: no other batch holds it again.
POISON = 999
# Promised are 30 s; the bound leaves a slow machine room.
WITHIN_S = 90


def isolated(board: Board, slug: str) -> list[str]:
    """Return the ids of the events that were put aside because the tally failed at them."""
    with database(board) as tables:
        rows = tables.execute(
            "SELECT event_id FROM dashboard_quarantined WHERE kind = 'isolated'"
            " AND campaign_id = ?",
            (campaign_id(board, slug),),
        )
        return [str(one) for (one,) in rows]


def test_a_poisoned_event_is_isolated_and_the_rest_flows_f47(own: Board) -> None:
    load = Load(own, "poison")

    def rest_is_counted() -> bool:
        expected = sum(map(amount, load.acknowledged)) - amount(POISON)
        shown = look(own, load.slug)
        return bool(shown and shown["turnover"]["gross"] == expected and at_rest(shown))

    with armed(own, "tally.event", f"kill p-{POISON}"):
        load.send(1_000)
        took = seconds_until(rest_is_counted, WITHIN_S)
        kills = hits(own, "tally.event")
    assert isolated(own, load.slug) == [f"p-{POISON}"]
    own.manage("reconcile", load.slug)
    record("F47", f"one event of 1,000 kills its process, {kills} times", f"rest in {took:.1f} s")
