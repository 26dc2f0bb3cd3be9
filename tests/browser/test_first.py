"""The first number of a wall, before the wall itself has come."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Screen, Screens
from tests.browser.frames import snapshot
from tests.browser.minutes import campaign_time
from tests.browser.states import hold_clock

# Once the module is done: it waits for the same fonts, and writes at once.
LOADED = """async () => {
    await import([...document.scripts].find((one) => one.src.endsWith("/first.js")).src);
    await (await import("/static/js/fonts.js")).fontsLoaded("en");
}"""


def asked_for(screens: Screens, clock: str = "16:20:36") -> Screen:
    """A wall that is asked for at `clock`, and brings figures as of 16:20:35 along."""
    screen = screens()
    screen.config = {"now": 1_000 * campaign_time(clock).timestamp()}
    screen.context = {"first": {**snapshot(), "minutes": []}}
    return screen


def without_wall(screen: Screen) -> Page:
    """It is opened, and its own module has nothing."""
    screen.page.route(
        "**/js/wall.js", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    return screen.open()


def test_the_total_alone_is_there_before_the_rest_and_goes_before_it_is_old(
    screens: Screens,
) -> None:
    page = without_wall(asked_for(screens))
    expect(page.locator("[data-at=hero-number]")).to_be_visible()
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,271,640,306")
    expect(page.locator(".tower")).to_be_hidden()
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")
    expect(page.locator("[data-at=hero-number]")).to_be_hidden()


def test_figures_that_are_old_when_the_page_comes_are_no_first_number(screens: Screens) -> None:
    page = without_wall(asked_for(screens, "16:25:00"))
    page.wait_for_load_state("networkidle")
    page.evaluate(LOADED)
    expect(page.locator("[data-at=hero-number]")).to_have_text("—")
    expect(page.locator("[data-at=hero-number]")).to_be_hidden()


def test_a_wall_that_gets_no_figures_takes_the_first_number_away_before_it_is_old(
    screens: Screens,
) -> None:
    screen = asked_for(screens)
    screen.silent = True
    hold_clock(screen.page)
    page = screen.open()
    expect(page.locator("[data-at=hero-number]")).to_have_text("¥12.27")
    expect(page.locator("[data-at=as-of]")).to_have_text("as of 16:20:35")
    screen.reachable = False
    page.clock.run_for(3_000)
    expect(page.locator("[data-at=hero-number]")).to_have_text("¥12.27")
    page.clock.run_for(5_000)
    expect(page.locator("[data-at=as-of]")).to_have_text("waiting for data")
    expect(page.locator("[data-at=hero-number]")).to_have_text("—")
    expect(page.locator("[data-at=digits]")).to_have_text("")
