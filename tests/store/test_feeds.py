import pytest
from cryptography.fernet import Fernet
from pytest_django.fixtures import Settings

from dashboard.store import feeds
from dashboard.store.tables import Feed
from tests.worlds import festival

pytestmark = pytest.mark.django_db
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def feed() -> Feed:
    """A feed with an option and a secret."""
    made = Feed(campaign=festival()[0], name="channel", service="telegram")
    feeds.set_account(made, {"chat_id": "@festival", "token": "12:very-secret"}, ["token"])
    made.save()
    return Feed.objects.get()


def test_an_account_is_read_as_it_was_written(feed: Feed) -> None:
    assert feeds.account(feed) == {"chat_id": "@festival", "token": "12:very-secret"}


def test_secrets_are_kept_sealed_and_options_as_they_are_s3(feed: Feed) -> None:
    assert feed.options == {"chat_id": "@festival"}
    assert b"secret" not in bytes(feed.sealed)
    assert b"token" not in bytes(feed.sealed)


def test_who_prints_an_account_prints_no_secret(feed: Feed) -> None:
    opened = feeds.account(feed)
    assert f"{opened} {opened!r}" == "Opened(chat_id, token) Opened(chat_id, token)"


def test_what_is_empty_is_not_kept(feed: Feed) -> None:
    feeds.set_account(feed, {"chat_id": "@other", "token": ""}, ["token"])
    assert (feed.options, bytes(feed.sealed)) == ({"chat_id": "@other"}, b"")
    assert feeds.account(feed) == {"chat_id": "@other"}


def test_without_feed_key_a_new_secret_key_says_what_to_do(feed: Feed, settings: Settings) -> None:
    settings.SECRET_KEY = "another key, because the first was lost"
    with pytest.raises(
        feeds.KeyChanged, match=r"festival/channel: its secrets .* enter them again"
    ):
        feeds.account(feed)


def test_keys_are_rotated_by_a_list(feed: Feed, settings: Settings) -> None:
    settings.FEED_KEYS = [OLD]
    assert feeds.reseal() == 1
    settings.FEED_KEYS = [NEW, OLD]
    settings.SECRET_KEY = "has nothing to do with it any more"
    assert feeds.reseal() == 1
    settings.FEED_KEYS = [NEW]
    feed.refresh_from_db()
    assert feeds.account(feed)["token"] == "12:very-secret"
    settings.FEED_KEYS = [OLD]
    with pytest.raises(feeds.KeyChanged):
        feeds.account(feed)
