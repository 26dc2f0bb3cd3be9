"""Every failpoint, and every way to fail at it: what was told 202 is counted, once."""

import sqlite3

import pytest

from gmvboard.failpoints import PLACES
from tests.boards import Board
from tests.faults.arming import armed, hits
from tests.faults.load import Load, amount
from tests.faults.verdict import look, verdict
from tests.path.watching import campaign_id, database, until

EVENTS = 300
# One event's: F47 arms it, with an id; those of the outbox: see test_outbox.py.
EVERYWHERE = [one for one in PLACES if one != "tally.event" and not one.startswith("outbox.")]


@pytest.fixture(scope="module")
def load(faulty: Board) -> Load:
    return Load(faulty, "failpoints")


def add_milestone(board: Board, slug: str, minor: int) -> None:
    """Add a milestone as staff would."""
    with sqlite3.connect(board.data_dir / "board.sqlite3", timeout=10) as tables:
        tables.execute(
            "INSERT INTO dashboard_milestone (campaign_id, key, kind, amount, label, label_zh,"
            ' dimension, "of", words, words_zh, goes_to, approval, take_over, confirmed, late)'
            " VALUES (?, ?, 'amount', ?, 'x', 'x', '', '', '', '', 'all', '', 1, 0, 0)",
            (campaign_id(board, slug), f"m-{minor}", minor),
        )


def fired(board: Board, slug: str) -> list[bool]:
    """Return of each milestone whether it has fired."""
    with database(board) as tables:
        rows = tables.execute(
            "SELECT crossed_ms IS NOT NULL FROM dashboard_milestone WHERE campaign_id = ?",
            (campaign_id(board, slug),),
        )
        return [bool(one) for (one,) in rows]


@pytest.mark.parametrize("action", ["kill", "raise", "delay:300"])
@pytest.mark.parametrize("place", EVERYWHERE)
def test_nothing_is_lost_or_doubled_wherever_it_breaks_f1_f2_f3_f6_f7(
    faulty: Board, load: Load, place: str, action: str
) -> None:
    shown = look(faulty, load.slug)
    total = shown["turnover"]["gross"] if shown else 0
    add_milestone(faulty, load.slug, total + sum(map(amount, range(10))))
    with armed(faulty, place, f"1*{action}"):
        load.send(EVENTS)
        until(lambda: hits(faulty, place))
        kills = min(hits(faulty, place), 1) if action == "kill" else 0
        verdict(load, kills, reconcile=False)
    until(lambda: all(fired(faulty, load.slug)))


def test_after_all_of_them_the_figures_agree_with_the_ledger(load: Load) -> None:
    verdict(load)
