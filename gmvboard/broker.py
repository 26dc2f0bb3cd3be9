"""What Celery wants to know of its broker: RabbitMQ, or Redis in any form of `redis_url`."""

import ssl
from typing import Any, NamedTuple
from urllib.parse import parse_qs, parse_qsl, quote, urlencode, urlsplit

from gmvboard import redis_url
from gmvboard.env import BadSetting

_RABBIT = ("amqp", "amqps")
_TIMEOUT_S, _CONNECT_TIMEOUT_S = 5, 3
# Redis gives a task to somebody else where its worker has not acknowledged it by then.
_REDIS = {
    "visibility_timeout": 60,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": _TIMEOUT_S,
    "socket_connect_timeout": _CONNECT_TIMEOUT_S,
    "health_check_interval": 10,
}


class Broker(NamedTuple):
    """Celery's settings `broker_url`, `broker_transport_options` and `broker_heartbeat`."""

    url: str
    options: dict[str, Any]
    heartbeat_s: int


def broker(url: str, name: str = "CELERY_BROKER_URL") -> Broker:
    """Return the settings for `url`; raises `BadSetting`, which names the setting `name`."""
    scheme, _, _ = url.partition("://")
    if scheme in _RABBIT:
        return _rabbit(url, name)
    if scheme == "sentinel":
        raise BadSetting(f"{name}: expected redis+sentinel://host:port,host:port/service")
    if not scheme.startswith(("redis", "unix")) or scheme == "redis+socket":
        raise BadSetting(f"{name}: expected amqp://, amqps:// or an address of Redis as REDIS_URL")
    redis_url.checked(name, url)
    if behind := redis_url.watched(url, name):
        return _watched(behind)
    options = {**_REDIS, "socket_keepalive": scheme != "unix"}
    return Broker(_unix(url) if scheme == "unix" else _checking_certificates(url), options, 0)


def _rabbit(url: str, name: str) -> Broker:
    host = urlsplit(url).hostname
    if not host:
        raise BadSetting(f"{name}: expected amqp://user:password@host:port/vhost")
    options: dict[str, Any] = {"write_timeout": _TIMEOUT_S}
    if url.startswith("amqps"):
        certificate = {"cert_reqs": ssl.CERT_REQUIRED, "ssl_check_hostname": True}
        options["ssl"] = {**certificate, "server_hostname": host}
    return Broker(url, options, 10)


def _watched(behind: redis_url.Watched) -> Broker:
    user = quote(behind.login.get("username", ""), safe="")
    password = quote(behind.login.get("password", ""), safe="")
    login = f"{user}:{password}@" if password else ""
    where = [
        f"sentinel://{login}{host}:{port}/{behind.login['db']}" for host, port in behind.sentinels
    ]
    timeouts = {"socket_timeout": _TIMEOUT_S, "socket_connect_timeout": _CONNECT_TIMEOUT_S}
    named = {
        "master_name": behind.service,
        "sentinel_kwargs": {**timeouts, **behind.sentinel_login},
    }
    return Broker(";".join(where), {**_REDIS, "socket_keepalive": True, **named}, 0)


def _unix(url: str) -> str:
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    login = f"{parts.netloc.removesuffix('@')}@" if parts.netloc else ""
    if password := asked.get("password"):
        login = f"{quote(asked.get('username', ''), safe='')}:{quote(password, safe='')}@"
    return f"redis+socket://{login}{parts.path}?virtual_host={asked.get('db', '0')}"


def _checking_certificates(url: str) -> str:
    """Return `url` with certificates checked: kombu, unlike redis-py, does not unless told so."""
    parts = urlsplit(url)
    if parts.scheme != "rediss" or "ssl_cert_reqs" in parse_qs(parts.query):
        return url
    query = {**dict(parse_qsl(parts.query)), "ssl_cert_reqs": "required"}
    return parts._replace(query=urlencode(query)).geturl()
