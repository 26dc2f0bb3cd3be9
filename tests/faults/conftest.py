"""One board with failpoints for the quick faults, and the table of figures at the end."""

from collections.abc import Iterator

import pytest

from tests import boards
from tests.boards import Board
from tests.faults.feed_server import FeedServer
from tests.faults.figures import ROWS, table


@pytest.fixture(scope="session")
def feed_server() -> Iterator[FeedServer]:
    """What all feeds of `faulty` post to."""
    with FeedServer().running() as running:
        yield running


@pytest.fixture(scope="session")
def faulty(tmp_path_factory: pytest.TempPathFactory, feed_server: FeedServer) -> Iterator[Board]:
    """A board whose failpoints can be armed; each test makes a campaign of its own."""
    folder = tmp_path_factory.mktemp("faulty") / "data"
    with boards.running(folder, FAILPOINTS="yes", UNDER_TEST="yes", **feed_server.env) as running:
        yield running


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table of what was measured."""
    for line in table(ROWS):
        terminalreporter.write_line(line)
