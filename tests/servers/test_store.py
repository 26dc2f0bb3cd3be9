"""What is promised of the store on SQLite and Valkey, asked again of PostgreSQL and Redis."""

import os
import subprocess
import sys

from tests.boards import PROJECT
from tests.servers.postgres import Postgres

FOLDERS = ("store", "tally", "accept", "pulse", "pages", "management")
# Threads of tests end with their connections open; the database is thrown away with its cluster.
ALLOWED = ("-W", "ignore::pytest.PytestUnraisableExceptionWarning", "--reuse-db")


def test_every_test_of_the_database_holds_on_postgresql_and_redis(
    postgres: Postgres, secret_key: str
) -> None:
    url = postgres.url(postgres.new_database())
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "django_db", *ALLOWED]
        + [f"tests/{folder}" for folder in FOLDERS],
        env={
            **os.environ,
            "DATABASE_URL": url,
            "SECRET_KEY": secret_key,
            "REDIS_SERVER": "redis-server",
        },
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    assert " passed" in done.stdout
