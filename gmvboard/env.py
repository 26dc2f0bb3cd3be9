"""Strict readers of the environment: a value that cannot be understood stops the start."""

import hashlib
import os
import re
import secrets
import tempfile
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

# A Unix socket's path is limited to 108 bytes by Linux, 104 by macOS.
LONGEST_SOCKET_PATH = 100
_SHORTEST_KEY = 50
_FERNET_KEY = re.compile("[A-Za-z0-9_-]{43}=")
# What a client of PostgreSQL may say in DATABASE_URL after a question mark.
_POSTGRES_ASKED = {"host", "sslmode", "sslrootcert", "sslcert", "sslkey"}
# A server that went without a word is noticed in about 10 s, whatever we wait for.
_POSTGRES_PATIENCE = {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
# No statement of ours takes seconds; who is stopped inside a transaction must not hold up the rest.
_POSTGRES_SESSION = (
    "-c statement_timeout=5000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000"
)


class BadSetting(Exception):
    """A setting in the environment is not what was expected; the message names it."""


def text(name: str, default: str = "") -> str:
    """Return the variable ``name``, or ``default`` where it is unset or empty."""
    return os.environ.get(name) or default


def web_address(name: str) -> str:
    """Return an http or https address without its last slash, or "" where it is not set."""
    value = text(name).rstrip("/")
    if value and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
        raise BadSetting(f"{name}: expected an address such as https://board.shop.com")
    return value


def flag(name: str, default: bool = False) -> bool:
    """Return a yes/no variable; anything else than 1/0, true/false, yes/no, on/off is an error."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{name}: expected yes or no, got {value!r}")


def whole(name: str, default: int, lowest: int, highest: int) -> int:
    """Return an integer variable between ``lowest`` and ``highest``, both included."""
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= highest:
        raise BadSetting(
            f"{name}: expected a whole number from {lowest} to {highest}, got {value!r}"
        )
    return int(value)


def words(name: str) -> list[str]:
    """Return a comma-separated variable as its non-empty parts."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def fernet_keys(name: str) -> list[str]:
    """Return a comma-separated variable as keys of Fernet, 32 bytes in URL-safe base64 each.

    Raises `BadSetting`, which does not repeat them.
    """
    keys = words(name)
    for number, key in enumerate(keys, 1):
        if not _FERNET_KEY.fullmatch(key):
            raise BadSetting(f"{name}: expected 32 bytes in URL-safe base64 as key {number}")
    return keys


def data_dir(base: Path) -> Path:
    """Return the absolute data folder: ``DATA_DIR``, or ``var/`` in the project."""
    return Path(text("DATA_DIR", str(base / "var"))).expanduser().resolve()


def secret_key(folder: Path, several_hosts: bool = False) -> str:
    """Return ``SECRET_KEY``, or the key kept in the data folder, made on first use (mode 0600).

    With `several_hosts` it has to be given: a key of its own on each would tell the same buyer
    apart, and read no signing secret but those it sealed. Raises `BadSetting`, also where the key
    is one that can be guessed, or the folder cannot be written.
    """
    if given := text("SECRET_KEY"):
        if len(given) < _SHORTEST_KEY or len(set(given)) < 5 or given.startswith("django-insecure"):
            raise BadSetting(f"SECRET_KEY: expected {_SHORTEST_KEY} random characters or more")
        return given
    if several_hosts:
        raise BadSetting("SECRET_KEY: expected where DATABASE_URL is, the same one on every host")
    path = folder / "secret.key"
    try:
        if not path.exists():
            _make_key(path)
        return path.read_text().strip()
    except OSError as error:
        raise BadSetting(f"data folder {folder}: cannot write there ({error.strerror})") from error


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"secret.key.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(48))
    try:
        os.link(draft, path)  # the first of several processes wins; nobody sees half a key
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def embedded_socket(folder: Path) -> Path:
    """Return the path of the embedded Redis' socket for a data folder.

    Inside the folder where that is short enough, else in a private folder below the system's
    temporary one, named after the data folder, so that every command finds the same one.
    """
    inside = folder / "redis.sock"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_PATH:
        return inside
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"gmvboard-{os.getuid()}-{name}" / "redis.sock"


def database(url: str, folder: Path) -> dict[str, object]:
    """Return Django's database settings for ``DATABASE_URL``; empty: SQLite in the data folder.

    Durable by choice: SQLite commits with ``synchronous=FULL`` (a 202 survives a power cut), and
    begins IMMEDIATE, because an upgrade from reading to writing fails at once whatever the timeout.
    """
    try:
        parts = urlsplit(url or f"sqlite:///{folder / 'board.sqlite3'}")
    except ValueError:  # what it says may hold the password
        raise BadSetting("DATABASE_URL: expected sqlite:// or postgres://") from None
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:] if parts.path.startswith("//") else parts.path),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting(
            f"DATABASE_URL: expected sqlite:// or postgres://, got {parts.scheme!r}://"
        )
    return _postgres(parts)


def _postgres(parts: SplitResult) -> dict[str, object]:
    if find_spec("psycopg") is None:
        raise BadSetting("DATABASE_URL: needs psycopg: pip install 'psycopg[binary]'")
    asked = dict(parse_qsl(parts.query))
    try:
        port = parts.port or ""
    except ValueError:
        raise BadSetting("DATABASE_URL: expected a port from 0 to 65535") from None
    if not parts.path.strip("/"):
        raise BadSetting("DATABASE_URL: expected postgres://user:password@host:port/database")
    if unknown := asked.keys() - _POSTGRES_ASKED:
        raise BadSetting(f"DATABASE_URL: unknown option {min(unknown)!r}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A folder stands for the socket in it: postgres:///board?host=/run/postgresql
        "HOST": parts.hostname or asked.pop("host", ""),
        "PORT": str(port),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**_POSTGRES_PATIENCE, "options": _POSTGRES_SESSION, **asked},
    }
