import pytest

from gmvboard import feeds
from gmvboard.env import BadSetting


def test_hosts_of_feeds_are_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEED_HOSTS", "Social.Example, hooks.example:8443")
    assert feeds.hosts("FEED_HOSTS") == ["social.example", "hooks.example:8443"]


@pytest.mark.parametrize(
    "host", ["*", "localhost", "127.0.0.1", "[::1]", "https://a.example", "a.example/x", "a_b.c"]
)
def test_what_is_no_name_of_a_host_is_refused_s25(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEED_HOSTS", host)
    with pytest.raises(BadSetting, match="FEED_HOSTS: expected names of hosts"):
        feeds.hosts("FEED_HOSTS")


def test_only_a_test_has_feeds_ask_a_server_of_its_own_s25(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert feeds.diverted("FEEDS_DIVERTED_TO", under_test=False, https=True) is None
    monkeypatch.setenv("FEEDS_DIVERTED_TO", "127.0.0.1:8080")
    assert feeds.diverted("FEEDS_DIVERTED_TO", True, False) == ("127.0.0.1", 8080)
    for under_test, https in ((False, False), (True, True)):
        with pytest.raises(BadSetting, match="for tests alone"):
            feeds.diverted("FEEDS_DIVERTED_TO", under_test, https)


def test_feeds_are_diverted_to_this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("192.0.2.1:80", "127.0.0.1", "127.0.0.1:x"):
        monkeypatch.setenv("FEEDS_DIVERTED_TO", value)
        with pytest.raises(BadSetting, match="expected 127"):
            feeds.diverted("FEEDS_DIVERTED_TO", True, False)


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtps://me:p%40ss@mail.example", 465, True, False),
        ("smtp://me:p%40ss@mail.example", 587, False, True),
        ("smtp://me:p%40ss@127.0.0.1:2525", 2525, False, False),
    ],
)
def test_letters_travel_under_tls(url: str, port: int, ssl: bool, tls: bool) -> None:
    found = feeds.mail(url)
    assert (found["EMAIL_PORT"], found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (port, ssl, tls)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("me", "p@ss")


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://a:x"])
def test_another_mail_server_is_refused(url: str) -> None:
    with pytest.raises(BadSetting, match="EMAIL_URL: expected"):
        feeds.mail(url)
