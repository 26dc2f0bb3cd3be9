"""S36: a backup of SQLite, restored beside an empty Redis: recounted, reconciled, verified."""

import shutil
from pathlib import Path

from tests import boards
from tests.boards import Board
from tests.path.watching import settled
from tests.servers import fleet
from tests.servers.fleet import amount, payment

WINDOW = {"start": fleet.START.isoformat(), "end": "2026-11-11T16:00:00+00:00"}
TOTAL = sum(map(amount, range(100)))


def test_a_copy_of_sqlite_made_beside_the_board_is_a_whole_board_s36(
    board: Board, tmp_path: Path
) -> None:
    key = board.create_campaign("kept", **WINDOW)["ingest_key"]
    assert board.post("kept", key, [payment(n) for n in range(100)]).status_code == 202
    board.manage("backup", str(tmp_path / "kept.sqlite3"))
    restored = tmp_path / "data"
    restored.mkdir()
    shutil.copy(tmp_path / "kept.sqlite3", restored / "board.sqlite3")
    shutil.copy(board.data_dir / "secret.key", restored / "secret.key")
    with boards.running(restored) as again:
        settled(again, "kept", TOTAL)
        again.manage("reconcile", "kept")
        again.manage("verify", "kept")
        assert again.post("kept", key, [payment(0), payment(100)]).status_code == 202
        settled(again, "kept", TOTAL + amount(100))


def test_a_backup_replaces_no_file_and_can_be_read_by_us_alone_s36(
    board: Board, tmp_path: Path
) -> None:
    target = tmp_path / "kept.sqlite3"
    board.manage("backup", str(target))
    assert target.stat().st_mode & 0o077 == 0
    again = board.manage("backup", str(target), check=False)
    assert again.returncode == 1
    assert "is there already" in again.stderr
