"""S30: the board's role adds to the ledger and can alter nothing of it."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import boards
from tests.boards import PROJECT, Board, manage
from tests.path.watching import settled
from tests.servers import fleet
from tests.servers.fleet import amount, payment
from tests.servers.postgres import Postgres, tool

ROLES = PROJECT / "deploy" / "postgres-roles.sql"


@pytest.fixture(scope="module")
def database(postgres: Postgres, secret_key: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database migrated by its owner, with the role `gmv_app`."""
    name = postgres.new_database()
    folder = str(tmp_path_factory.mktemp("owner"))
    env = fleet.environment(secret_key, DATABASE_URL=postgres.url(name), DATA_DIR=folder)
    manage("migrate", "--verbosity", "0", env=env)
    command = [tool("psql"), "--quiet", "-v", "app=gmv_app", "-f", str(ROLES), postgres.url(name)]
    for _ in range(2):  # it may be run again
        subprocess.run(command, check=True)
    return name


@pytest.fixture(scope="module")
def board(
    postgres: Postgres, database: str, secret_key: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Board]:
    """A board that runs as `gmv_app`."""
    folder: Path = tmp_path_factory.mktemp("roles") / "data"
    url = postgres.url(database, "gmv_app")
    with boards.running(folder, DATABASE_URL=url, SECRET_KEY=secret_key) as running:
        yield running


def test_the_board_works_with_no_right_to_alter_the_ledger_s30(board: Board) -> None:
    window = {"start": fleet.START.isoformat(), "end": "2026-11-11T16:00:00+00:00"}
    key = board.create_campaign("least", **window)["ingest_key"]
    assert board.post("least", key, [payment(n) for n in range(100)]).status_code == 202
    settled(board, "least", sum(map(amount, range(100))))
    board.manage("reconcile", "least")


def test_walls_are_paired_and_revoked_with_the_board_s_role(board: Board) -> None:
    board.create_campaign("hidden", visibility="token")
    (token,) = re.findall(r'"csrf": "(\w+)"', board.http.get("/wall/hidden/").text)
    asked = board.http.post("/wall/hidden/pairing", headers={"X-CSRFToken": token})
    board.manage("pair", asked.json()["code"])
    assert board.http.get("/api/v1/campaigns/hidden/reference").status_code == 200
    board.manage("unpair", "1")
    assert board.http.get("/api/v1/campaigns/hidden/reference").status_code == 404


@pytest.mark.parametrize("table", ["dashboard_batch", "dashboard_seal"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET campaign_id = campaign_id",
        "DELETE FROM {}",
        "TRUNCATE {} CASCADE",
        "DROP TABLE {} CASCADE",
        "ALTER TABLE {} ADD COLUMN mine int",
        "CREATE RULE mine AS ON INSERT TO {} DO INSTEAD NOTHING",
    ],
)
def test_the_board_s_role_cannot_alter_the_ledger_s30(
    postgres: Postgres, database: str, statement: str, table: str
) -> None:
    with (
        psycopg.connect(postgres.url(database, "gmv_app")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement.format(table).encode())


def test_what_batches_stand_on_cannot_be_deleted_s30(postgres: Postgres, database: str) -> None:
    for table in ("dashboard_ledgerhead", "dashboard_campaign", "dashboard_source"):
        with (
            psycopg.connect(postgres.url(database, "gmv_app")) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(f"DELETE FROM {table}".encode())
