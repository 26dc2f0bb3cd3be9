"""R10: whatever is cut between the ledger and the screen, the wall says so, and mends."""

import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.boards import Board
from tests.browser.conftest import ARGUMENTS, chromium
from tests.faults.figures import record
from tests.faults.killing import tell
from tests.faults.load import Load
from tests.faults.verdict import verdict
from tests.faults.watch import seconds_until

# Promised are 10 s and 30 s until it is said, 10 s until it is mended.
SAID_WITHIN_S, MENDED_WITHIN_S = 30, 60
CUTS = {
    "workers": ("worker", "child"),
    "pulse": ("pulse",),
    "Redis": ("valkey",),
    "web server": ("daphne",),
}


@pytest.fixture(scope="module")
def load(own: Board) -> Load:
    return Load(own, "cuts", clients=1, batch=20, pause_s=0.2)


@pytest.fixture(scope="module")
def wall(own: Board, load: Load) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        page = browser.new_page()
        page.goto(f"{own.url}/wall/{load.slug}/")
        yield page
        browser.close()


def flagged(page: Page) -> bool:
    """Return whether the wall shows its alarm flag."""
    page.wait_for_timeout(50)
    return page.locator("[data-at=flag]").is_visible()


@pytest.mark.parametrize("cut", CUTS)
def test_a_cut_is_said_on_the_wall_and_mended_r10(
    own: Board, load: Load, wall: Page, cut: str
) -> None:
    with load.running():
        seconds_until(lambda: not flagged(wall), MENDED_WITHIN_S)
        for role in CUTS[cut]:
            assert tell(own, role, signal.SIGSTOP)
        said_s = seconds_until(lambda: flagged(wall), SAID_WITHIN_S)
        said = wall.locator("[data-at=flag]").inner_text().replace("\n", " ")
        for role in CUTS[cut]:
            tell(own, role, signal.SIGCONT)
        mended_s = seconds_until(lambda: not flagged(wall), MENDED_WITHIN_S)
    told = f"said after {said_s:.1f} s ({said}), mended after {mended_s:.1f} s; {verdict(load)}"
    record("R10", f"{cut} stopped", told)
