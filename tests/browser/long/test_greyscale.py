"""Point 14 of the acceptance list: without colour, each level of alarm differs from the others."""

from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Page, expect

from tests.browser.conftest import Screens
from tests.browser.long.matrix import both_languages, every_size
from tests.browser.pixels import Eye, luminance
from tests.browser.states import fail, queue, stage

_BANDS = ((7.0, 12.0), (0.05, 0.9))  # rem, across and down: of the flag, or of the header under it


class Level(NamedTuple):
    """What tells a level of alarm in grey: its icon's light pixels, its flag's luminance."""

    icon: npt.NDArray[Any]
    flag: float


def _level(page: Page, eye: Eye) -> Level:
    grey = luminance(eye.picture(page))
    rem = float(page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)"))
    (left, right), (top, bottom) = ([round(rem * one) for one in band] for band in _BANDS)
    box = page.locator("[data-at=strip-left] .icon").bounding_box()
    assert box is not None
    x, y, side = round(box["x"]), round(box["y"]), round(box["height"])
    return Level(
        grey[y : y + side, x : x + side] > 0.2, float(np.median(grey[top:bottom, left:right]))
    )


@every_size
@both_languages
def test_14_in_grey_each_level_of_alarm_has_its_shape_and_its_lightness(
    screens: Screens, eye: Eye, lang: str, size: tuple[int, int]
) -> None:
    page = stage(screens, "live", lang, size)
    levels = [_level(page, eye)]
    for worse, kind in ((queue, "warn"), (fail, "grave")):
        worse(screens.made[-1])
        expect(page.locator(f"[data-at=strip-left] .item.{kind}").first).to_be_visible()
        levels.append(_level(page, eye))
    for one, other in combinations(levels, 2):
        assert (one.icon & other.icon).sum() / (one.icon | other.icon).sum() < 0.8
    lightness = sorted(one.flag for one in levels)
    for low, high in combinations(lightness, 2):
        assert (high + 0.05) / (low + 0.05) >= 1.3
