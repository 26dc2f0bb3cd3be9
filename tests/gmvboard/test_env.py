import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from gmvboard import env
from gmvboard.env import BadSetting
from tests.boards import PROJECT, environment

LONG = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def postgres(url: str) -> dict[str, Any]:
    return env.database(url, Path("/nowhere"))


def test_without_an_address_the_database_is_sqlite_in_the_data_folder(tmp_path: Path) -> None:
    found = env.database("", tmp_path)
    assert found["NAME"] == str(tmp_path / "board.sqlite3")


def test_postgres_is_read_with_its_parts_unquoted() -> None:
    found = postgres("postgres://us%40er:p%2Fw@host:6432/bo%20ard?sslmode=verify-full")
    assert (found["USER"], found["PASSWORD"], found["NAME"]) == ("us@er", "p/w", "bo ard")
    assert (found["HOST"], found["PORT"]) == ("host", "6432")
    assert found["OPTIONS"]["sslmode"] == "verify-full"


def test_postgres_behind_a_socket_is_named_by_its_folder() -> None:
    found = postgres("postgresql:///board?host=/run/postgresql")
    assert (found["HOST"], found["NAME"]) == ("/run/postgresql", "board")


def test_no_statement_and_no_lock_is_waited_for_without_end() -> None:
    options = postgres("postgres://host/board")["OPTIONS"]
    assert "-c statement_timeout=5000 -c lock_timeout=2000" in options["options"]
    assert options["connect_timeout"] == 3


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("mysql://host/board", "sqlite:// or postgres://, got 'mysql'"),
        ("postgres://host", "postgres://user:password@host:port/database"),
        ("postgres://host:port/board", "a port"),
        ("postgres://[::1/board", "sqlite:// or postgres://"),
    ],
)
def test_another_database_is_refused(url: str, expected: str) -> None:
    with pytest.raises(BadSetting, match=f"DATABASE_URL: expected {expected}"):
        postgres(url)


def test_an_option_that_nobody_knows_is_refused() -> None:
    with pytest.raises(BadSetting, match="unknown option 'pool'"):
        postgres("postgres://host/board?pool=1")


@pytest.mark.parametrize("key", ["secret", "x" * 60, f"django-insecure-{LONG}"])
def test_a_key_that_can_be_guessed_is_refused_s37(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("SECRET_KEY", key)
    with pytest.raises(BadSetting, match="SECRET_KEY: expected 50 random characters"):
        env.secret_key(tmp_path)


def test_several_hosts_need_one_key_s37(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(BadSetting, match=r"SECRET_KEY: expected .* on every host"):
        env.secret_key(tmp_path, several_hosts=True)
    monkeypatch.setenv("SECRET_KEY", LONG)
    assert env.secret_key(tmp_path, several_hosts=True) == LONG


def test_alone_the_board_makes_a_key_and_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    key = env.secret_key(tmp_path)
    assert len(key) >= 50
    assert env.secret_key(tmp_path) == key
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("viewers", "refused"), [("100", True), ("101", False)])
def test_reserves_that_leave_the_public_nothing_are_refused(
    tmp_path: Path, viewers: str, refused: bool
) -> None:
    told = environment(tmp_path) | {"VIEWERS": viewers}
    command = [sys.executable, "-c", "import gmvboard.settings"]
    done = subprocess.run(command, env=told, cwd=PROJECT, capture_output=True, text=True)
    assert ("VIEWERS: expected more than" in done.stderr) == refused


def test_keys_of_feeds_are_read_and_never_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    key = Fernet.generate_key().decode()
    monkeypatch.setenv("FEED_KEY", f"{key}, {key}")
    assert env.fernet_keys("FEED_KEY") == [key, key]
    monkeypatch.setenv("FEED_KEY", f"{key},not-a-key")
    with pytest.raises(BadSetting, match=r"FEED_KEY: expected 32 bytes .* as key 2") as refused:
        env.fernet_keys("FEED_KEY")
    assert "not-a-key" not in str(refused.value)


@pytest.mark.parametrize(
    ("value", "address"),
    [("", ""), ("https://board.shop.com/", "https://board.shop.com"), ("http://a/b", "http://a/b")],
)
def test_a_web_address_is_read(monkeypatch: pytest.MonkeyPatch, value: str, address: str) -> None:
    monkeypatch.setenv("BOARD_URL", value)
    assert env.web_address("BOARD_URL") == address


@pytest.mark.parametrize("value", ["board.shop.com", "ftp://a", "https://", "https://a b"])
def test_what_is_no_web_address_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("BOARD_URL", value)
    with pytest.raises(env.BadSetting, match="BOARD_URL: expected an address such as"):
        env.web_address("BOARD_URL")
