"""What vouches for the figures, on a real board: the audit, the seals, the history."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.boards import Board
from tests.path.watching import campaign_id, database, settled, snapshot_when, until, valkey
from tests.standing import standing_still

YEARS_AGO = datetime(2024, 11, 10, 16, tzinfo=UTC)


def payment(number: int, at: datetime, amount: int) -> dict[str, Any]:
    return {
        "id": f"p-{number}",
        "type": "payment.succeeded",
        "occurred_at": at.isoformat(),
        "amount": amount,
        "currency": "CNY",
        "platform": "tmall",
    }


def unlike_ledger(board: Board) -> list[str]:
    named: list[str] = board.http.get("/readyz").json()["unlike_ledger"]
    return named


def test_no_milestone_fires_on_figures_altered_by_hand_and_it_fires_after_the_repair(
    board: Board, tmp_path: Path
) -> None:
    slug, now = "red", datetime.now(UTC)
    key = board.create_campaign(slug)["ingest_key"]
    (tmp_path / "2011.csv").write_text("minute,gross\n0,150\n")
    board.manage("importreference", slug, str(tmp_path / "2011.csv"), "--label", "2011")
    board.post(slug, key, payment(1, now, 100))
    settled(board, slug, 100)
    (minute,) = valkey(board).scan_iter(match=f"gmv:{{{campaign_id(board, slug)}}}:*:m:*")
    valkey(board).hset(minute, "total", "140 0 1")
    until(lambda: slug in unlike_ledger(board))
    board.post(slug, key, payment(2, now, 20))
    shown = settled(board, slug, 160)
    later = snapshot_when(board, slug, lambda seen: seen["seq"] > shown["seq"] + 3)
    assert later["milestones"]["reached"] == []
    board.post(slug, key, payment(3, now, 40))
    board.manage("reconcile", slug, "--repair")
    fired = snapshot_when(board, slug, lambda seen: bool(seen["milestones"]["reached"]))
    assert fired["turnover"]["gross"] == 160
    assert slug not in unlike_ledger(board)


def test_a_late_event_dates_a_milestone_anew_and_it_stays_fallen_f24(board: Board) -> None:
    slug, now = "redated", datetime.now(UTC).replace(microsecond=0)
    key = board.create_campaign(slug)["ingest_key"]
    board.manage("addmilestone", slug, "--amount", "1")
    board.post(slug, key, payment(1, now, 100))
    snapshot_when(board, slug, lambda seen: bool(seen["milestones"]["reached"]))
    earlier = now - timedelta(minutes=3)
    board.post(slug, key, payment(2, earlier, 100))
    at = [earlier.strftime("%Y-%m-%dT%H:%M:%SZ")]
    snapshot_when(
        board,
        slug,
        lambda seen: [one["crossed_at"] for one in seen["milestones"]["reached"]] == at,
    )
    told = board.manage("milestones", slug).stdout
    assert told.index(" fired ") < told.index(" re-dated ")


def kept(board: Board, slug: str) -> int:
    """Return how far the seals and the history of a campaign go."""
    found = []
    with database(board) as tables:
        for table in ("seal", "history"):
            asked = f"SELECT max(position) FROM dashboard_{table} WHERE campaign_id = ?"
            found += tables.execute(asked, (campaign_id(board, slug),)).fetchone()
    return min(position or 0 for position in found)


def test_a_finished_campaign_is_sealed_and_its_minutes_read_while_valkey_hangs(
    board: Board,
) -> None:
    slug, day = "years-ago", timedelta(days=1)
    window = {"start": YEARS_AGO.isoformat(), "end": (YEARS_AGO + day).isoformat()}
    key = board.create_campaign(slug, **window)["ingest_key"]
    board.post(slug, key, [payment(n, YEARS_AGO + n * day / 100, n) for n in range(1, 50)])
    settled(board, slug, sum(range(1, 50)))
    until(lambda: kept(board, slug) == 1)
    address = f"/api/v1/campaigns/{slug}/minutes?by=platform"
    before = board.http.get(address).json()
    with standing_still(board.pids["valkey"]):
        assert board.http.get(address).json() == before
    assert len(before["minutes"]) == 49
    told = board.manage("verify", slug).stdout
    assert told.startswith(f"{slug}: 1 batches and 49 events agree, sealed up to 1: ")
