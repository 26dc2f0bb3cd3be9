import re

from playwright.sync_api import expect

from tests.browser.conftest import Screens
from tests.browser.frames import frame_after, snapshot, turnover
from tests.browser.staff import opened


def test_pausing_holds_the_figures_until_it_is_ended(screens: Screens) -> None:
    screen = opened(screens)
    page = screen.open()
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,271,640,306")
    page.locator("[data-at=pause]").click()
    screen.send(frame_after(snapshot(), turnover=turnover(12_300_000_000)))
    expect(page.locator("body")).to_have_attribute("data-gross", "1230000000000")
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,271,640,306")
    page.locator("[data-at=pause]").click()
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,300,000,000")


def test_a_paused_page_says_so_and_of_when_its_figures_are(screens: Screens) -> None:
    screen = opened(screens)
    page = screen.open()
    expect(page.locator("[data-at=state]")).to_have_text("Live")
    page.get_by_role("button", name="Pause").click()
    clock = page.locator("[data-at=clock]").inner_text()
    screen.send(frame_after(snapshot(), seconds=3))
    expect(page.locator("[data-at=clock]")).not_to_have_text(clock)
    expect(page.locator("[data-at=state]")).to_have_text("Paused")
    expect(page.locator("[data-at=as-of]")).to_have_text("as of 16:20:35")
    button = page.get_by_role("button", name="Resume")
    assert button.get_attribute("aria-pressed") is None
    button.click()
    expect(page.locator("[data-at=state]")).to_have_text("Live")
    expect(page.locator("[data-at=as-of]")).to_contain_text("as of 16:20:38, ")


def test_a_paused_page_shows_and_speaks_an_alarm(screens: Screens) -> None:
    screen = opened(screens)
    page = screen.open()
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("[data-at=state]")).to_have_text("Paused")
    screen.cut()
    expect(page.locator("[data-at=alarm]")).to_contain_text("No new data for ")
    expect(page.locator("[data-at=spoken]")).to_contain_text(re.compile("No new data for|behind"))
