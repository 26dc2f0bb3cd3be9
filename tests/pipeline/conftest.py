from collections.abc import Iterator

import pytest
import redis

from tests import valkey

pytest.register_assert_rewrite("tests.pipeline.machine")


@pytest.fixture
def client() -> Iterator[redis.Redis]:
    with valkey.running() as client:
        yield client
