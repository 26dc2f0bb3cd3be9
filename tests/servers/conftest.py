import secrets
from collections.abc import Iterator

import pytest

from tests.servers import postgres as postgres_server
from tests.servers.postgres import Postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with postgres_server.started() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def secret_key() -> str:
    """The one key that every process of a board shares."""
    return secrets.token_urlsafe(48)
