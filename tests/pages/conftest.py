from collections.abc import Iterator

import pytest
import redis
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django.fixtures import Settings

from dashboard.store import connect
from tests import valkey


@pytest.fixture(scope="session")
def server() -> Iterator[redis.Redis]:
    with valkey.running() as client:
        yield client


@pytest.fixture
def uncollected(settings: Settings) -> None:
    """Static files under their own names: nothing was collected for a test."""
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}


@pytest.fixture
def redis_server(server: redis.Redis, settings: Settings) -> Iterator[redis.Redis]:
    """An empty Redis that the pages read from."""
    server.flushall()
    settings.REDIS_URL = f"unix://{server.connection_pool.connection_kwargs['path']}"
    forget_clients()
    yield server
    forget_clients()


@pytest.fixture
def no_redis(settings: Settings) -> Iterator[None]:
    """A Redis that is not there."""
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    forget_clients()
    yield
    forget_clients()


def forget_clients() -> None:
    """Have the pages connect anew."""
    connect.shared.cache_clear()
    connect.impatient.cache_clear()


@pytest.fixture
def staff(db: None) -> Client:
    """A browser in which a member of staff has logged in."""
    client = Client()
    client.force_login(get_user_model().objects.create_user("director", is_staff=True))
    return client
