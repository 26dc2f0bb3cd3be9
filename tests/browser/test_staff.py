from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Screen, Screens
from tests.browser.frames import frame_after, snapshot, turnover

WORDS = {"theme": "Dark", "wall": "Open the wall", "quarantine": "Quarantine"}


class Campaign:
    slug, pk = "festival", 1


def opened(screens: Screens, **options: Any) -> Screen:
    screen = screens(template="staff.html", **options)
    screen.context = {"campaign": Campaign, "words": WORDS, "waiting": 2}
    return screen


def test_the_staff_page_has_every_figure_in_full(screens: Screens) -> None:
    page = opened(screens).open()
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,271,640,306")
    expect(page.locator("[data-at=hero]")).to_have_text("¥12.27 billion")
    expect(page.locator("[data-at=multiple]")).to_have_text("6.0× 2011 at 16:20 (¥2.03B)")
    expect(page.locator("[data-at=net]")).to_have_text("¥12.23B after ¥38.2M of refunds")
    expect(page.locator("[data-at=milestones] li")).to_have_count(10)
    clothing = page.locator("[data-at=breakdowns] tr", has_text="Clothing")
    expect(clothing).to_have_text("Clothing¥3.82B31.1%5.4×")


@pytest.mark.parametrize("lang", ["en", "zh-hans"])
def test_no_sideways_scroll_and_on_a_phone_state_total_and_multiple_come_first(
    screens: Screens, lang: str
) -> None:
    page = opened(screens, lang=lang).open()
    expect(page.locator("[data-at=overlay] text").first).to_be_attached()
    for width, height in [(1440, 900), (800, 900), (390, 844), (320, 640)]:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator(".total").evaluate("one => one.scrollWidth <= one.clientWidth")
    for name in ("state", "hero", "multiple"):
        expect(page.locator(f"[data-at={name}]")).not_to_be_empty()
        box = page.locator(f"[data-at={name}]").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 300


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


def test_pointing_at_the_chart_tells_both_years(screens: Screens) -> None:
    page = opened(screens).open()
    expect(page.locator("[data-at=overlay] .last-year")).to_be_attached()
    page.locator("[data-at=chart]").hover()
    expect(page.locator("[data-at=tip]")).to_contain_text("2011")
    page.mouse.move(5, 5)
    expect(page.locator("[data-at=tip]")).to_be_hidden()


def test_the_theme_follows_the_system_and_the_switch(screens: Screens) -> None:
    page = opened(screens, color_scheme="dark").open()
    expect(page.locator("html")).not_to_have_class("light")
    page.locator("[data-at=theme]").click()
    expect(page.locator("html")).to_have_class("light")
