"""Points 4 and 16 of the acceptance list: the staff page in both themes, and on phones."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Screens
from tests.browser.contrast import MARK, faint_marks, faint_texts, on_fills
from tests.browser.pixels import Eye
from tests.browser.staff import opened
from tests.browser.states import EVERY, LANGUAGES, hold_clock

# A milestone covers nothing here.
ON_THE_DESK = [name for name in EVERY if name != "milestone"]
ALARMED = ("queueing", "stale", "failing")


def staged(
    screens: Screens, name: str, lang: str, size: tuple[int, int], theme: str = "light"
) -> Page:
    """A staff page in a state, its clock in the test's hand."""
    first, then, _, year = EVERY[name]
    screen = opened(screens, first=first, lang=lang, size=size, year=year, color_scheme=theme)
    hold_clock(screen.page)
    page = screen.open()
    expect(page.locator("[data-at=overlay] .last-year")).to_be_attached()
    then(screen)
    expect(page.locator("[data-at=alarm]")).to_be_visible(visible=name in ALARMED)
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ON_THE_DESK)
def test_4_staff_texts_have_7_to_1_in_either_theme(
    screens: Screens, eye: Eye, name: str, lang: str, theme: str
) -> None:
    page = staged(screens, name, lang, (1440, 2400), theme)
    assert faint_texts(eye, page) == []
    assert faint_marks(page) == set()
    assert min(on_fills(page).values()) >= MARK


@pytest.mark.parametrize("size", [(390, 844), (320, 640)], ids=["390x844", "320x640"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ON_THE_DESK)
def test_16_a_phone_has_no_sideways_scroll_and_the_figures_first(
    screens: Screens, name: str, lang: str, size: tuple[int, int]
) -> None:
    page = staged(screens, name, lang, size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    shown = ["state", "hero", *(["multiple"] if name != "countdown" else [])]
    lowest = {}
    for one in shown:
        box = page.locator(f"[data-at={one}]").bounding_box()
        assert box is not None
        lowest[one] = box["y"] + box["height"]
    assert max(lowest.values()) <= 300, lowest
