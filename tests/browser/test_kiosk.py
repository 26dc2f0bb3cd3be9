"""A wall that stands for days: it loads a new version, and nothing of it burns in."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Screen, Screens
from tests.browser.frames import frame_after, meta, snapshot, turnover
from tests.browser.layout import collisions, outside, texts
from tests.browser.minutes import START, Json, iso
from tests.browser.states import hold_clock

CLOSED = snapshot("23:59:59", 19_100_326_418, status="closed", final=True, forecast=None)


def scheduled(hours_before: int) -> Json:
    """A snapshot of a campaign that begins in so many hours."""
    at = iso(START - timedelta(hours=hours_before))
    none: Json = {"reached": [], "next": None}
    before: Json = {"as_of": at, "sent_at": at, "minutes": [], "by": {}, "peak_minute": None}
    return snapshot("00:00:00", 0, status="scheduled", milestones=none, **before)


def loads(screen: Screen) -> int:
    return sum(url.partition("?")[0].endswith("/wall/festival/") for url in screen.requests)


def tell_new_version(screen: Screen, **changes: Any) -> None:
    newest = {**screen.newest, "seq": screen.newest["seq"] + 1, **changes}
    screen.send({**newest, "kind": "snapshot", "meta": meta(asset_version="newer")})


def test_a_new_version_is_loaded_and_the_last_figures_stay_until_there_are_newer(
    screens: Screens,
) -> None:
    screen = screens()
    page = screen.open()
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,271,640,306")
    page.evaluate("document.body.dataset.old = true")
    tell_new_version(screen, turnover=turnover(12_283_000_007))
    screen.silent = True  # the page that is loaded next hears nothing
    expect(page.locator("body[data-old]")).to_have_count(0)
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,283,000,007")
    expect(page.locator("[data-at=as-of]")).to_contain_text("as of 16:20:3")
    expect(page.locator("[data-at=overlay] .this-year")).to_have_count(1)
    assert loads(screen) == 3  # opened, asked for, loaded


DENIED = """const get = () => { throw new DOMException("denied", "SecurityError"); };
Object.defineProperty(window, "localStorage", { get });
Object.defineProperty(window, "sessionStorage", { get });"""
OLDER = """if (!window.sessionStorage.length) {
    const message = { v: 1, kind: "snapshot", sent_at: "2012-11-11T00:00:00Z", minutes: [],
        meta: { zone: "UTC" }, status: "live" };
    const kept = { message, machine: Date.now() };
    sessionStorage.setItem("gmv-last-festival", JSON.stringify(kept));
}"""


@pytest.mark.parametrize("before", [DENIED, OLDER])
def test_a_keepsake_that_cannot_be_read_costs_no_wall(screens: Screens, before: str) -> None:
    screen = screens()
    screen.page.add_init_script(before)
    page = screen.open()
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,271,640,306")
    page.evaluate("document.body.dataset.old = true")
    tell_new_version(screen)
    expect(page.locator("body[data-old]")).to_have_count(0)
    expect(page.locator("[data-at=digits]")).to_have_text("¥12,271,640,306")


def test_a_page_that_is_not_drawn_yet_shows_nothing(screens: Screens) -> None:
    screen = screens()
    screen.page.add_init_script("document.fonts.load = () => new Promise(() => {})")
    page = screen.open()
    assert page.locator("main").evaluate("one => getComputedStyle(one).visibility") == "hidden"
    expect(page.locator("[data-at=hero-number]")).to_be_visible()  # fonts are not waited for longer


def test_no_new_version_is_loaded_from_a_server_that_does_not_serve_it(screens: Screens) -> None:
    screen = screens()
    hold_clock(screen.page)
    page = screen.open()
    expect(page.locator("[data-at=hero-number]")).to_have_text("¥12.27")
    page.evaluate("window.old = true; window.fetch = async () => ({ ok: false })")
    tell_new_version(screen)
    page.clock.run_for(5_000)
    assert page.evaluate("window.old")
    assert loads(screen) == 1


def resting(page: Page) -> bool:
    found: bool = page.evaluate(
        "getComputedStyle(document.querySelector('.veil')).display === 'block'"
    )
    return found


def left_of(page: Page, one: str) -> float:
    box = page.locator(one).bounding_box()
    assert box
    return box["x"]


@pytest.mark.parametrize("size", [(1280, 720), (1920, 540)])
def test_at_rest_the_report_is_darker_and_its_columns_change_sides(
    screens: Screens, size: tuple[int, int]
) -> None:
    screen = screens(CLOSED, size=size)
    hold_clock(screen.page)  # when it rests is for rest.js to say
    page = screen.open("?motion=off")
    expect(page.locator("[data-at=final]")).to_have_text("¥19,100,326,418")
    assert not resting(page)
    assert left_of(page, ".chart") < left_of(page, ".tower")
    page.evaluate("document.querySelector('main').classList.add('resting', 'swapped')")
    assert resting(page)
    assert left_of(page, ".chart") > left_of(page, ".tower")
    assert (outside(page), collisions(page)) == ([], [])


@pytest.mark.parametrize(("clock", "mirrored"), [("16:20:35", False), ("17:20:35", True)])
def test_on_an_oled_panel_the_columns_change_sides_each_hour(
    screens: Screens, clock: str, mirrored: bool
) -> None:
    screen = screens(snapshot(clock))
    screen.config = {"oled": True, "motion": False}
    page = screen.open()
    expect(page.locator("[data-at=hero-number]")).to_have_text("¥12.27")
    assert (left_of(page, ".chart") > left_of(page, ".tower")) == mirrored
    assert (outside(page), collisions(page)) == ([], [])


@pytest.mark.parametrize("size", [(1280, 720), (1280, 800), (1920, 540)])
def test_long_before_the_start_the_countdown_stands_alone_and_wanders(
    screens: Screens, size: tuple[int, int]
) -> None:
    screen = screens(scheduled(100), size=size)
    page = screen.open()
    expect(page.locator("[data-at=countdown]")).to_contain_text("4 d")
    seen = {one["text"] for one in texts(page)}
    assert not any(page.locator(one).is_visible() for one in (".header", ".chart", ".strip"))
    places = page.evaluate(
        """async () => {
            const { stray } = await import("/static/js/far_off.js");
            return Array.from({ length: 30 }, (_, minute) => {
                stray(document.documentElement, minute);
                return ["countdown", "when"].map((name) => {
                    const box = document.querySelector(`[data-at=${name}]`).getBoundingClientRect();
                    return [box.left, box.top, box.right, box.bottom]; });
            });
        }"""
    )
    for left, top, right, bottom in (box for minute in places for box in minute):
        assert 0 <= left < right <= size[0]
        assert 0 <= top < bottom <= size[1]
    assert len({tuple(minute[0]) for minute in places}) == 30
    assert seen


COUNT_FADES = """() => {
    const { animate } = Element.prototype;
    window.faded = 0;
    Element.prototype.animate = function (...given) {
        window.faded += this.matches(".row");
        return animate.apply(this, given);
    };
}"""


def test_a_row_that_is_overtaken_fades_and_nothing_fades_without_motion(screens: Screens) -> None:
    for motion in (True, False):
        screen = screens()
        screen.config = {"motion": motion}
        hold_clock(screen.page)
        page = screen.open()
        expect(page.locator(".rows .who").first).to_have_text("Clothing")
        by = {**screen.newest["by"]}
        by["category"] = {**by["category"], "home": {**by["category"]["home"], "gross": 10**12}}
        page.evaluate(COUNT_FADES)
        for _ in range(4):  # ranks are renewed after 10 s; after 8 s without a frame nothing moves
            screen.send(frame_after(screen.newest, 3, by=by))
            page.clock.run_for(3_000)
        expect(page.locator(".rows .who").first).to_have_text("Home & kitchen")
        assert (page.evaluate("window.faded") > 0) == motion
