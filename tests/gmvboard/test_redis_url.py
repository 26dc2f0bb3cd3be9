import pytest

from gmvboard.env import BadSetting
from gmvboard.redis_url import checked, layer_host, watched

WATCHED = "redis+sentinel://:p%40ss@one:26380,two,[::1]:7/festival/3?sentinel_password=own"


@pytest.mark.parametrize(
    "url",
    [
        "redis://host",
        "rediss://user:password@host:6380/2",
        "unix:///run/redis.sock?db=1",
        "redis+sentinel://one/festival",
        WATCHED,
    ],
)
def test_an_address_of_redis_is_taken_as_it_is(url: str) -> None:
    assert checked("REDIS_URL", url) == url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://host", "got 'http'"),
        ("localhost:6379", "expected redis://"),
        ("redis://", "the name of a host"),
        ("redis://host:port", "a port"),
        ("redis://host/first", "the number of a database"),
        ("redis://[::1", "expected redis://"),
        ("unix://", "unix:///path"),
        ("redis+sentinel://one:1,two:2", "host:port/service"),
        ("redis+sentinel://one:x/festival", "a port"),
        ("redis+sentinel://one/festival/x", "the number of a database"),
        ("redis+sentinel://one/festival?db=3", "unknown option 'db'"),
        ("redis+cluster://one", "got 'redis\\+cluster'"),
    ],
)
def test_anything_else_is_refused_by_the_setting_s_name(url: str, expected: str) -> None:
    with pytest.raises(BadSetting, match=f"REDIS_URL: .*{expected}"):
        checked("REDIS_URL", url)


def test_no_refusal_tells_a_password() -> None:
    with pytest.raises(BadSetting) as refused:
        checked("REDIS_URL", "redis://:p4ssw\u2100rd@host:port")
    assert "p4ssw" not in str(refused.value)


def test_sentinels_are_read_with_service_database_and_both_passwords() -> None:
    found = watched(WATCHED)
    assert found is not None
    assert found.sentinels == [("one", 26380), ("two", 26379), ("::1", 7)]
    assert (found.service, found.login) == ("festival", {"db": 3, "password": "p@ss"})
    assert found.sentinel_login == {"password": "own"}


def test_a_server_is_watched_by_nobody() -> None:
    assert watched("redis://host") is None


def test_the_channel_layer_asks_the_sentinels_too() -> None:
    host = layer_host(WATCHED, {"socket_timeout": 15})
    assert host["master_name"] == "festival"
    assert host["sentinel_kwargs"] == {"socket_timeout": 15, "password": "own"}
    assert (host["db"], host["password"], host["socket_timeout"]) == (3, "p@ss", 15)
    assert layer_host("redis://a", {"x": 1}) == {"address": "redis://a", "x": 1}
