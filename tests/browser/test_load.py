"""What a wall gives up under load, and what it never does."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Screens
from tests.browser.frames import frame_after, snapshot, turnover
from tests.browser.shares import share


@pytest.mark.parametrize(("lang", "said"), [("en", "panels paused"), ("zh-hans", "分类数据暂停")])
def test_under_load_the_side_panels_rest_and_the_total_goes_on(
    screens: Screens, lang: str, said: str
) -> None:
    screen = screens(lang=lang)
    page = screen.open()
    expect(page.locator("[data-at=lists] b").first).to_be_visible()
    lists = page.locator("[data-at=lists]").inner_text()
    panels = {"level": 3, "name": "panels"}
    by = {"category": {"clothing": share(9_000_000_000)}, "region": {}, "platform": {}}
    moved = frame_after(screen.newest, turnover=turnover(12_283_000_007), by=by, degrade=panels)
    screen.send(moved)
    expect(page.locator("[data-at=strip-right]")).to_contain_text(said)
    expect(page.locator("[data-at=hero]")).to_contain_text("12.28" if lang == "en" else "122.83")
    assert page.locator("[data-at=lists]").inner_text() == lists
    screen.send(frame_after(moved, degrade={"level": 0, "name": "normal"}))
    expect(page.locator("[data-at=strip-right]")).not_to_contain_text(said)
    expect(page.locator("[data-at=lists]")).not_to_have_text(lists)


def test_a_wall_opened_under_load_has_its_side_panels_once(screens: Screens) -> None:
    screen = screens(snapshot(degrade={"level": 3, "name": "panels"}))
    page = screen.open()
    expect(page.locator("[data-at=lists] b").first).to_be_visible()
    expect(page.locator("[data-at=strip-right]")).to_contain_text("panels paused")
    lists = page.locator("[data-at=lists]").inner_text()
    by = {"category": {"clothing": share(9_000_000_000)}, "region": {}, "platform": {}}
    screen.send(frame_after(screen.newest, turnover=turnover(12_283_000_007), by=by))
    expect(page.locator("[data-at=hero]")).to_contain_text("12.28")
    assert page.locator("[data-at=lists]").inner_text() == lists


def test_under_heavier_load_nothing_moves(screens: Screens) -> None:
    screen = screens(snapshot(degrade={"level": 5, "name": "animation"}))
    page = screen.open()
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,271,640,306")
    expect(page.locator("html")).to_have_class("still")
    screen.send(frame_after(screen.newest, turnover=turnover(12_283_000_007)))
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,283,000,007")
    assert page.evaluate("document.getAnimations().length") == 0
