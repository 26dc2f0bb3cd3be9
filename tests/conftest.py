"""What all tests share: a real board for those that ask for one."""

import faulthandler
import os
from collections.abc import Generator, Iterator

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from tests import boards, emptying
from tests.boards import Board

# Where traces go: standard error itself, which a test's own output is kept from.
TRACES = pytest.StashKey[int]()

# A busy machine is no failure.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """Have an empty folder of static files (a test of a page collects none); empty tables fast."""
    config.stash[TRACES] = os.dup(2)
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    TransactionTestCase._fixture_teardown = emptying.empty  # type: ignore[attr-defined]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser last: while it is open, tests with an event loop of their own would fail."""
    items.sort(key=lambda item: "browser" in item.path.parts)


@pytest.hookimpl(trylast=True)
def pytest_exception_interact(node: pytest.Item | pytest.Collector) -> None:
    """Watch what is torn down after a failure as well: there pytest has ended its own watch."""
    _watch(node.config)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Watch the end of the run: a thread that goes on would keep the process for ever."""
    _watch(session.config)


def _watch(config: pytest.Config) -> None:
    """End the process, with a trace, unless a test begins within a test's time."""
    within_s = float(config.getini("faulthandler_timeout"))
    faulthandler.dump_traceback_later(within_s, file=config.stash[TRACES], exit=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Have SQLite's test database be a file with a write-ahead log, as the board's is.

    In memory it would be a cache that connections share, and its tables locks that wait for
    nobody: whoever reads in one thread would fail who writes in another.
    """
    if connection.vendor == "sqlite":
        settings_dict = connection.settings_dict
        settings_dict["TEST"]["NAME"] = tmp_path_factory.mktemp("database") / "test.sqlite3"
        settings_dict["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # no power is cut


@pytest.fixture(scope="session")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """One board for all tests; each makes a campaign of its own, and what it kills comes back."""
    with boards.running(tmp_path_factory.mktemp("board") / "data") as running:
        yield running


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the last lines of a board's log where a test with one fails."""
    report = yield
    fixtures = getattr(item, "funcargs", {}).values()
    for board in [one for one in fixtures if isinstance(one, Board) and report.failed]:
        report.sections.append(("log of the board", board.tail()))
    return report
