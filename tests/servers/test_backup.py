"""S36: a backup of the ledger, restored beside an empty Redis: recounted, reconciled, verified."""

import shutil
import subprocess
from pathlib import Path

from tests import boards
from tests.boards import Board, manage
from tests.path.watching import settled
from tests.servers import fleet
from tests.servers.fleet import amount, payment
from tests.servers.postgres import Postgres, tool
from tests.servers.redis_server import RedisServer

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


def test_a_dump_of_postgresql_restores_to_the_same_figures_s36(
    postgres: Postgres, redis7: RedisServer, secret_key: str, tmp_path: Path
) -> None:
    first, second = postgres.new_database(), postgres.new_database()
    servers = {"REDIS_URL": f"{redis7.url}/5", "DATA_DIR": str(tmp_path)}
    env = fleet.environment(secret_key, DATABASE_URL=postgres.url(first), **servers)
    manage("migrate", "--verbosity", "0", env=env)
    flags = [part for name, value in WINDOW.items() for part in (f"--{name}", value)]
    manage("createcampaign", "dumped", "--name", "Dumped", "--currency", "CNY", *flags, env=env)
    lines = tmp_path / "events.ndjson"
    lines.write_text("\n".join(fleet.line(n) for n in range(100)))
    manage("importevents", "dumped", str(lines), env=env)
    dump = str(tmp_path / "board.dump")
    made = [tool("pg_dump"), "--format=custom", "--file", dump, postgres.url(first)]
    subprocess.run(made, check=True)
    put_back = [tool("pg_restore"), "--no-owner", "--dbname", postgres.url(second), dump]
    subprocess.run(put_back, check=True)
    restored = {**env, "DATABASE_URL": postgres.url(second), "REDIS_URL": f"{redis7.url}/6"}
    assert manage("reconcile", "dumped", env=restored, check=False).returncode != 0
    manage("reconcile", "dumped", "--repair", env=restored)
    manage("reconcile", "dumped", env=restored)
    manage("verify", "dumped", env=restored)
    refused = manage("backup", str(tmp_path / "x"), env=restored, check=False)
    assert "expected pg_dump" in refused.stderr
