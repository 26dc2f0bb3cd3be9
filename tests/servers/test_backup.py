"""S36: a dump of PostgreSQL, restored beside an empty Redis: recounted, reconciled, verified."""

import subprocess
from pathlib import Path

from tests.boards import manage
from tests.servers import fleet
from tests.servers.postgres import Postgres, tool
from tests.servers.redis_server import RedisServer

WINDOW = {"start": fleet.START.isoformat(), "end": "2026-11-11T16:00:00+00:00"}


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
