"""The first number of a wall, before the wall itself has come."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Screens
from tests.browser.frames import snapshot
from tests.browser.minutes import campaign_time


def opened(screens: Screens, clock: str = "16:20:36") -> Page:
    """A wall of figures as of 16:20:35, asked for at `clock`, whose own module has nothing."""
    screen = screens()
    screen.config = {"now": 1_000 * campaign_time(clock).timestamp()}
    screen.context = {"first": {**snapshot(), "minutes": []}}
    screen.page.route(
        "**/js/wall.js", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    return screen.open()


def test_the_total_alone_is_there_before_the_rest_and_goes_before_it_is_old(
    screens: Screens,
) -> None:
    page = opened(screens)
    expect(page.locator("[data-at=hero-number]")).to_be_visible()
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,271,640,306")
    expect(page.locator(".tower")).to_be_hidden()
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")
    expect(page.locator("[data-at=hero-number]")).to_be_hidden()


def test_figures_that_are_old_when_the_page_comes_are_no_first_number(screens: Screens) -> None:
    page = opened(screens, "16:25:00")
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-at=hero-number]")).to_have_text("—")
    expect(page.locator("[data-at=hero-number]")).to_be_hidden()
