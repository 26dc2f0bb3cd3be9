"""What takes long on PostgreSQL is not cut off: migrations, and commands over the whole ledger."""

from pathlib import Path

import pytest

from tests.boards import manage
from tests.servers import fleet
from tests.servers.postgres import Postgres

HASTY = """
CREATE FUNCTION hasty() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_setting('statement_timeout') <> '0' THEN RAISE 'cut off'; END IF;
END $$
"""


@pytest.fixture
def env(postgres: Postgres, secret_key: str, tmp_path: Path) -> dict[str, str]:
    """An empty database that refuses to be altered by who is cut off after a while."""
    name = postgres.new_database()
    postgres.sql(HASTY, name)
    postgres.sql("CREATE EVENT TRIGGER hasty ON ddl_command_start EXECUTE FUNCTION hasty()", name)
    return fleet.environment(secret_key, DATABASE_URL=postgres.url(name), DATA_DIR=str(tmp_path))


def test_a_migration_may_take_as_long_as_it_takes(env: dict[str, str]) -> None:
    manage("migrate", "--verbosity", "0", env=env)
