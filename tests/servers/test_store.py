"""What is promised of the store on SQLite and Valkey, asked again of PostgreSQL and Redis."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.boards import PROJECT
from tests.servers.postgres import Postgres

FOLDERS = ("store", "tally", "accept", "alerts", "pulse", "pages", "management")
# Threads of tests end with their connections open; the database is thrown away with its cluster.
ALLOWED = ("-W", "ignore::pytest.PytestUnraisableExceptionWarning", "--reuse-db")


@pytest.fixture
def throw_away(postgres: Postgres) -> Iterator[str]:
    """A database whose server does not wait for the disk: no test here is about durability."""
    postgres.sql("ALTER SYSTEM SET fsync = off")
    postgres.sql("SELECT pg_reload_conf()")
    yield postgres.url(postgres.new_database())
    postgres.sql("ALTER SYSTEM RESET fsync")
    postgres.sql("SELECT pg_reload_conf()")


def test_every_test_of_the_database_holds_on_postgresql_and_redis(
    throw_away: str, secret_key: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "django_db", *ALLOWED]
        + [f"tests/{folder}" for folder in FOLDERS],
        env={
            **os.environ,
            "DATABASE_URL": throw_away,
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
