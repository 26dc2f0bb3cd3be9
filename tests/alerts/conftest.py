"""What tests of posts share: a server that stands for every service."""

from collections.abc import Iterator

import pytest

from tests.alerts.checking_server import CheckingServer


@pytest.fixture
def server() -> Iterator[CheckingServer]:
    """Checks at the test's end that what was expected came, and nothing else."""
    with CheckingServer() as running:
        yield running
        running.check()
