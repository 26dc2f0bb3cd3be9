"""A first look at points 4, 13 and 14 of the acceptance list; `make wall-check` has all of them."""

import pytest

from tests.browser.conftest import Screens
from tests.browser.contrast import MARK, faint_marks, faint_texts, on_fills, token
from tests.browser.pixels import Eye, near, rgb
from tests.browser.states import stage


@pytest.mark.parametrize("state", ["live", "milestone", "stale", "failing"])
def test_texts_have_7_to_1_and_marks_of_data_3_to_1_on_what_lies_behind(
    screens: Screens, eye: Eye, state: str
) -> None:
    page = stage(screens, state)
    assert faint_texts(eye, page) == []
    assert faint_marks(page) == set()
    assert min(on_fills(page).values()) >= MARK


@pytest.mark.parametrize(
    ("state", "there"),
    [("live", ["accent"]), ("queueing", ["accent", "warning"]), ("countdown", [])],
)
def test_each_colour_is_on_screen_only_for_what_it_means(
    screens: Screens, eye: Eye, state: str, there: list[str]
) -> None:
    page = stage(screens, state)
    picture = eye.picture(page)
    colours = ("accent", "warning", "critical")
    assert [name for name in colours if near(picture, rgb(token(page, name)))] == there
