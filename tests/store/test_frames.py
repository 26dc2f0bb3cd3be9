from collections.abc import Iterator

import pytest
import redis

from dashboard.store import frames
from tests import valkey


@pytest.fixture(scope="module")
def client() -> Iterator[redis.Redis]:
    with valkey.running() as client:
        yield client


def test_the_newest_frame_and_its_base_are_read_together(client: redis.Redis) -> None:
    assert frames.get(client, 7) == (None, None)
    frames.put(client, 7, b"first", b"base")
    frames.put(client, 7, b"second", None)
    assert frames.get(client, 7) == (b"second", b"base")
    assert frames.newest(client, 7) == b"second"
    assert frames.newest(client, 8) is None
