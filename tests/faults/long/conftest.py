"""Boards of their own for the long faults."""

from collections.abc import Iterator

import pytest

from tests import boards
from tests.boards import Board


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """A board for one file of tests."""
    folder = tmp_path_factory.mktemp("own") / "data"
    with boards.running(folder, FAILPOINTS="yes", UNDER_TEST="yes") as running:
        yield running
