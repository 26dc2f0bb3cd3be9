from collections.abc import Iterator

import pytest
import redis

from tests import valkey


@pytest.fixture(scope="package")
def server() -> Iterator[redis.Redis]:
    with valkey.running() as client:
        yield client
