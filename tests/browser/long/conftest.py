"""One wall for each state, language and size of the brief's section 13, to be looked at."""

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Screen, serving
from tests.browser.pixels import Eye, Picture
from tests.browser.states import EVERY, LANGUAGES, SIZES, stage

Size = tuple[int, int]
MATRIX = [(size, lang, state) for size in SIZES for lang in LANGUAGES for state in EVERY]


class Wall:
    """A wall that stands still in a state: whoever changes it puts it back."""

    def __init__(self, screen: Screen, eye: Eye, state: str, lang: str, size: Size) -> None:
        self.screen, self.state, self.lang, self.size = screen, state, lang, size
        self._eye = eye

    @property
    def page(self) -> Page:
        return self.screen.page

    @cached_property
    def png(self) -> bytes:
        return self.page.screenshot(animations="allow", caret="initial")

    @cached_property
    def picture(self) -> Picture:
        """What it shows."""
        return self._eye.read(self.png)


@pytest.fixture(
    scope="module",
    params=MATRIX,
    ids=lambda one: f"{one[0][0]}x{one[0][1]}-{one[1]}-{one[2]}",
)
def wall(request: pytest.FixtureRequest, browser: Browser, eye: Eye) -> Iterator[Wall]:
    """Each wall of the matrix, staged once for all tests of a module that look at it."""
    size, lang, state = request.param
    with serving(browser) as screens:
        stage(screens, state, lang, size)
        yield Wall(screens.made[-1], eye, state, lang, size)


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures go: the folder that the environment names, or one that is thrown away."""
    folder = Path(os.environ.get("PICTURES") or tmp_path_factory.mktemp("pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
