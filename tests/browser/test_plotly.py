"""The first number waits for no Plotly, and where that never comes the figures go on without."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Screens
from tests.browser.frames import frame_after, turnover
from tests.browser.states import hold_clock

FILE = "**/plotly-basic.min.js"
PAGES = ["wall.html", "staff.html"]


@pytest.mark.parametrize("template", PAGES)
def test_the_number_goes_on_before_the_curve_can_be_drawn(screens: Screens, template: str) -> None:
    screen = screens(template=template)
    screen.context = {"campaign": {"slug": "festival", "pk": 1}}
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    screen.page.route(FILE, hold)
    page = screen.open()
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,271,640,306")
    page.set_viewport_size({"width": 1920, "height": 1080})
    screen.send(frame_after(screen.newest, 60, turnover=turnover(12_283_000_007)))
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,283,000,007")
    assert page.locator(".plot svg").count() == 0
    while not asked:
        page.wait_for_timeout(50)
    asked[0].fallback()
    expect(page.locator("[data-at=overlay] .last-year")).to_be_attached()
    assert page.locator(".plot svg").count() > 0
    assert len(asked) == 1


@pytest.mark.parametrize(("lang", "said"), [("en", "trying again"), ("zh-hans", "正在重连")])
def test_a_curve_that_cannot_be_drawn_is_said_and_tried_again(
    screens: Screens, lang: str, said: str
) -> None:
    screen = screens(lang=lang)
    screen.was_cut = True  # the browser says so on its console
    screen.page.route(FILE, lambda route: route.abort("internetdisconnected"), times=1)
    hold_clock(screen.page)
    page = screen.open()
    expect(page.locator("[data-at=overlay]")).to_contain_text(said)
    screen.send(frame_after(screen.newest, turnover=turnover(12_283_000_007)))
    page.clock.run_for(12_000)
    expect(page.locator("[data-at=plain-total]")).to_have_text(
        "¥12,283,000,007" if lang == "en" else "122亿 8300万 0007元"
    )
    expect(page.locator("[data-at=overlay] .last-year")).to_be_attached()
    expect(page.locator("[data-at=overlay]")).not_to_contain_text(said)
