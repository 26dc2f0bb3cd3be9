from collections.abc import Iterator

import pytest
import redis

from dashboard.store import canary
from tests import valkey


@pytest.fixture
def client() -> Iterator[redis.Redis]:
    with valkey.running() as client:
        yield client


def test_it_tells_when_it_was_last_sent_and_heard(client: redis.Redis) -> None:
    assert canary.last_sent_and_heard(client) == (0, 0)
    canary.send(client, 5_000)
    canary.sing(client, 5_010)
    canary.send(client, 10_000)
    assert canary.last_sent_and_heard(client) == (10_000, 5_010)
