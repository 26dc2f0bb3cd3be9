"""The still: one sheet of paper, as sharp as a printer can be."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import pdf
from tests.browser.conftest import Screens
from tests.browser.frames import snapshot
from tests.browser.layout import collisions, outside, texts
from tests.browser.minutes import Json

# A4 and A3, in CSS pixels of 1/96 inch, and wider windows.
WINDOWS = [(1280, 900), (1920, 1080), (3840, 1080)]
STATES: dict[str, Json] = {
    "live": {},
    "closed": {"status": "closed", "final": True},
    "scheduled": {"status": "scheduled"},
}


def still(screens: Screens, first: Json | None = None, paper: str = "a4", **options: Any) -> Page:
    screen = screens(first, template="still.html", **options)
    screen.context = {"paper": paper, "print": "Print"}
    page = screen.open()
    expect(page.locator("main")).to_have_attribute("data-drawn", "yes")
    return page


@pytest.mark.parametrize(("paper", "size"), [("a4", (297, 210)), ("a3", (420, 297))])
@pytest.mark.parametrize("lang", ["en", "zh-hans"])
def test_a_still_prints_on_one_sheet_whose_words_can_be_selected(
    screens: Screens, paper: str, size: tuple[int, int], lang: str
) -> None:
    page = still(screens, paper=paper, lang=lang)
    said = "".join(one["text"] for one in texts(page) if one["text"] != "Print")
    made = page.pdf(prefer_css_page_size=True)
    assert pdf.pages(made) == [size]
    assert pdf.pictures(made) == 0
    assert {char for char in said if char.isalnum()} <= pdf.characters(made)


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("state", STATES)
def test_a_still_has_the_same_shape_in_any_window(
    screens: Screens, window: tuple[int, int], state: str
) -> None:
    clock = {"live": "16:20:35", "closed": "23:59:59", "scheduled": "00:00:00"}[state]
    page = still(screens, snapshot(clock, **STATES[state]), size=window)
    sheet, chart = (
        page.locator("main").bounding_box(),
        page.locator("[data-at=chart]").bounding_box(),
    )
    assert sheet and chart
    assert (round(sheet["width"]), round(sheet["height"])) == (1123, 793)
    assert chart["width"] > 500
    assert collisions(page) == []


def test_a_still_says_its_day_and_stands_still(screens: Screens) -> None:
    page = still(screens)
    expect(page.locator("[data-at=stamp]")).to_have_text(
        "Still of 11 November 2012, 16:20:35 Beijing time"
    )
    expect(page.locator("[data-at=print]")).to_be_visible()
    before = page.locator("body").inner_text()
    page.wait_for_timeout(1_500)
    assert page.locator("body").inner_text() == before
    assert page.locator("html").evaluate("one => getComputedStyle(one).colorScheme") == "light"


@pytest.mark.parametrize("status", [None, 503, 404, 200])
def test_without_figures_a_still_says_so_and_is_not_printed(
    screens: Screens, status: int | None
) -> None:
    screen = screens(template="still.html", size=(1280, 900))
    screen.context, screen.silent = {"paper": "a4", "print": "Print"}, True
    if status is not None:  # an answer that is no snapshot
        screen.page.route("**/snapshot", lambda one: one.fulfill(status=status, body="<html>"))
    page = screen.open()
    expect(page.locator("[data-at=stamp]")).to_have_text("Payments unknown. No figures yet")
    expect(page.locator("[data-at=print]")).to_be_hidden()
    assert (outside(page), collisions(page)) == ([], [])
    screen.complaints.clear()
