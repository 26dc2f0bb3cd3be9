"""Addresses of Redis or Valkey: one server, or Sentinels that know which one is the master.

    redis://[user:password@]host[:6379][/db]       rediss:// with TLS
    unix:///path/to/redis.sock[?db=0&password=…]
    redis+sentinel://[user:password@]host[:26379],host,…/service[/db][?sentinel_password=…]

One form for everybody: what redis-py, the channel layer and Celery each want is made of it here.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from gmvboard.env import BadSetting

_SINGLE, _WATCHED = ("redis", "rediss", "unix"), "redis+sentinel"
_SENTINEL_PORT = 26379
_FORMS = "redis://, rediss://, unix:// or redis+sentinel://host,host/service"


class Watched(NamedTuple):
    """A master that Sentinels watch: where they are, its name there, how to log in to it."""

    sentinels: list[tuple[str, int]]
    service: str
    login: dict[str, Any]
    sentinel_login: dict[str, Any]


def checked(name: str, url: str) -> str:
    """Return `url`, the value of the setting `name`; raises `BadSetting` where it is none."""
    parts = _split(name, url)
    if parts.scheme == _WATCHED:
        watched(url, name)
    elif parts.scheme not in _SINGLE:
        raise BadSetting(f"{name}: expected {_FORMS}, got {parts.scheme!r}")
    elif parts.scheme == "unix":
        if not parts.path:
            raise BadSetting(f"{name}: expected unix:///path/to/the.sock")
    else:
        _port(name, parts)
        _database(name, parts.path.strip("/"))
    return url


def _split(name: str, url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # what it says may hold the password
        raise BadSetting(f"{name}: expected {_FORMS}") from None


def _port(name: str, parts: SplitResult) -> None:
    try:
        _ = parts.port
    except ValueError:
        raise BadSetting(f"{name}: expected a port from 0 to 65535") from None
    if not parts.hostname:
        raise BadSetting(f"{name}: expected the name of a host")


def _database(name: str, text: str) -> int:
    if text and not (text.isascii() and text.isdigit()):
        raise BadSetting(f"{name}: expected the number of a database, got {text!r}")
    return int(text or 0)


def watched(url: str, name: str = "REDIS_URL") -> Watched | None:
    """Return what `url` says of Sentinels; None where it names a server itself.

    Raises `BadSetting`, which names the setting `name`.
    """
    parts = _split(name, url)
    if parts.scheme != _WATCHED:
        return None
    user, _, hosts = parts.netloc.rpartition("@")
    username, _, password = user.partition(":")
    service, _, database = parts.path.strip("/").partition("/")
    if not service or not hosts:
        raise BadSetting(f"{name}: expected redis+sentinel://host:port,host:port/service")
    login: dict[str, Any] = {"db": _database(name, database)}
    login |= _given(username=unquote(username), password=unquote(password))
    asked = dict(parse_qsl(parts.query))
    own = _given(
        username=asked.pop("sentinel_username", ""), password=asked.pop("sentinel_password", "")
    )
    if asked:
        raise BadSetting(f"{name}: unknown option {min(asked)!r}, expected sentinel_password")
    return Watched([_sentinel(name, host) for host in hosts.split(",")], service, login, own)


def _given(**values: str) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _sentinel(name: str, address: str) -> tuple[str, int]:
    parts = _split(name, f"//{address}")
    _port(name, parts)
    return str(parts.hostname), parts.port or _SENTINEL_PORT


def layer_host(url: str, timeouts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the host that the Channels layer connects to."""
    if (behind := watched(url)) is None:
        return {"address": url, **timeouts}
    return {
        "sentinels": behind.sentinels,
        "master_name": behind.service,
        "sentinel_kwargs": {**timeouts, **behind.sentinel_login},
        **behind.login,
        **timeouts,
    }
