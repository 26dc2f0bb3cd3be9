"""Points 13 and 14 of the acceptance list: each colour means one thing, and none is needed."""

from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Screens
from tests.browser.contrast import token
from tests.browser.pixels import Eye, luminance, near, rgb
from tests.browser.states import ALARMS, STATES, stage

# This year's data, and nothing else.
THIS_YEAR = (
    ".rail, .pin:not(.reference, .past, .next, .next-ground), .now-dot, .this-year, "
    ".multiple:not(.total-of) .figure, .multiple:not(.total-of) .figure .unit, .track .done, "
    ".bar i:nth-child(1), .lists:not(.before) .row i, .facts .mine, .facts .mine .unit, "
    ".takeover, .takeover *, "
    ".plot .trace:nth-child(2) *"
)
QUIET = [name for name in STATES if name not in ("queueing", "stale")]
# Ahead of the page's own scripts, the second also of its colours; waits are never by chance.
_STEADY = "Math.random = () => 0.5;"
_PINK = """document.addEventListener("readystatechange", () =>
    document.documentElement.style.setProperty("--accent", "#ff00ff"), { once: true });"""
_BOXES = """(selectors) => [...document.querySelectorAll(selectors)]
    .map((one) => one.getBoundingClientRect()).filter((box) => box.width)
    .map((box) => [box.left - 3, box.top - 3, box.right + 3, box.bottom + 3])"""


@pytest.mark.parametrize("state", STATES)
def test_13_another_accent_changes_this_years_data_alone(
    screens: Screens, eye: Eye, state: str
) -> None:
    before = eye.picture(stage(screens, state, before=_STEADY))
    page = stage(screens, state, before=_STEADY + _PINK)
    changed = (before != eye.picture(page)).any(axis=2)
    # How often the network was tried meanwhile is by chance.
    for left, top, right, bottom in page.evaluate(_BOXES, f"{THIS_YEAR}, [data-at=strip-right] *"):
        changed[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1] = False
    assert np.argwhere(changed).tolist() == []


@pytest.mark.parametrize("state", [*STATES, *ALARMS])
def test_13_alarm_colours_are_on_screen_only_with_an_alarm(
    screens: Screens, eye: Eye, state: str
) -> None:
    page = stage(screens, state)
    picture = eye.picture(page)
    found = {name: near(picture, rgb(token(page, name))) for name in ("warning", "critical")}
    expected = dict.fromkeys(found, 0) if state in QUIET else found
    assert found == expected
    assert (found["warning"] > 0) == (state in ("queueing", "stale"))
    assert (found["critical"] > 0) == (state == "failing")


def test_13_before_the_start_no_pixel_is_this_years(screens: Screens, eye: Eye) -> None:
    accents = ("accent", "accent-2")
    live, countdown = stage(screens, "live"), stage(screens, "countdown")
    there = [near(eye.picture(live), rgb(token(live, name))) for name in accents]
    assert min(there) > 0
    assert [near(eye.picture(countdown), rgb(token(live, name))) for name in accents] == [0, 0]


_ALONG = """(year) => {
  const line = document.querySelectorAll(".plot .js-line")[year];
  const matrix = line.getScreenCTM(), length = line.getTotalLength();
  return Array.from({ length: 40 }, (_, i) => {
    const { x, y } = line.getPointAtLength(length * (i + 0.5) / 40).matrixTransform(matrix);
    return [x, y];
  });
}"""


def _lightness(page: Page, grey: npt.NDArray[np.float64], year: int) -> float:
    """The median lightness along a year's line: of each point the lightest pixel beside it."""
    points = [(round(x), round(y)) for x, y in page.evaluate(_ALONG, year)]
    return float(np.median([grey[y - 1 : y + 2, x - 1 : x + 2].max() for x, y in points]))


def test_14_in_grey_this_year_is_lighter_than_last_year(screens: Screens, eye: Eye) -> None:
    page = stage(screens, "live", size=(1920, 1080))
    grey = luminance(eye.picture(page))
    last, this = (_lightness(page, grey, year) for year in (0, 1))
    assert (this + 0.05) / (last + 0.05) >= 1.5


def _shape(page: Page, grey: npt.NDArray[np.float64]) -> npt.NDArray[Any]:
    """Which pixels of the strip's icon are light."""
    box = page.locator("[data-at=strip-left] .icon").bounding_box()
    assert box is not None
    top, left, side = round(box["y"]), round(box["x"]), round(box["height"])
    return grey[top : top + side, left : left + side] > 0.2


def test_14_in_grey_each_level_of_alarm_has_its_shape_and_its_lightness(
    screens: Screens, eye: Eye
) -> None:
    shapes, flags = [], []
    for state in ("live", "queueing", "failing"):
        page = stage(screens, state, size=(1920, 1080))
        grey = luminance(eye.picture(page))
        shapes.append(_shape(page, grey))
        flags.append(float(np.median(grey[:90, 700:1200])))
    for one, other in combinations(shapes, 2):
        assert (one & other).sum() / (one | other).sum() < 0.8
    for low, high in combinations(sorted(flags), 2):
        assert (high + 0.05) / (low + 0.05) >= 1.3
