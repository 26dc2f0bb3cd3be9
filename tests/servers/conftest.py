import secrets
from collections.abc import Iterator

import pytest

from tests.servers import postgres as postgres_server
from tests.servers import rabbit as rabbit_server
from tests.servers import redis_server
from tests.servers.postgres import Postgres
from tests.servers.redis_server import RedisServer


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with postgres_server.started() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def redis7() -> Iterator[RedisServer]:
    with redis_server.started() as server:
        yield server


@pytest.fixture(scope="session")
def rabbit() -> Iterator[str]:
    """The address of a RabbitMQ."""
    with rabbit_server.started() as url:
        yield url


@pytest.fixture(scope="session")
def secret_key() -> str:
    """The one key that every process of a board shares."""
    return secrets.token_urlsafe(48)
