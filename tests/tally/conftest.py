from collections.abc import Iterator

import pytest
import redis

from tests import valkey


@pytest.fixture(scope="session")
def server() -> Iterator[redis.Redis]:
    with valkey.running() as client:
        yield client


@pytest.fixture
def client(server: redis.Redis) -> redis.Redis:
    server.flushall()
    return server
