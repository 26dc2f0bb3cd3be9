"""The playlist in a real browser: walls in turn, each drawn before it is seen."""

from typing import Any

from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

from tests.browser.conftest import ORIGIN, Screen, Screens
from tests.browser.states import hold_clock

SHOWN, COMING = "iframe:not(.coming, .leaving)", "iframe.coming"
# The minute between two questions passes in a second.
HASTE = """const set = window.setInterval;
window.setInterval = (call, ms) => set(call, ms === 60_000 ? 1_000 : ms);"""
A, B = "/wall/festival/?lang=en&one", "/wall/festival/?lang=en&two"


def playlist(screen: Screen, *walls: str, **config: Any) -> Page:
    """Open a playlist of walls with canned figures, each for two seconds; its time stands."""
    hold_clock(screen.page)
    screen.page.add_init_script(HASTE)
    serve(screen.page, *walls, **config)
    screen.page.goto(f"{ORIGIN}/walls/")
    return screen.page


def drawn(page: Page) -> None:
    """Wait until the wall that is coming is drawn; no time passes meanwhile."""
    expect(page.frame_locator(COMING).locator(".plot svg").first).to_be_attached()


def begin(page: Page) -> None:
    """Have the first wall shown."""
    drawn(page)
    page.clock.run_for(500)


def answered(page: Page) -> None:
    """Wait until what the page has asked is answered: it is answered in turn."""
    page.evaluate("fetch(location.href).then((one) => one.text())")


def turn(page: Page) -> None:
    """Let a wall's time pass: the next is loaded halfway, and shown at the end."""
    page.clock.run_for(1_000)
    drawn(page)
    page.clock.run_for(1_000)


def serve(page: Page, *walls: str, **config: Any) -> None:
    """Have the playlist be one of these walls from now on."""
    whole = {"lang": "en", "walls": walls, "every": 2, "motion": True, **config}
    html = render_to_string("walls.html", {"config": whole})
    page.route("**/walls/", lambda route: route.fulfill(body=html, content_type="text/html"))


def test_walls_come_in_turn_drawn_before_they_are_seen(screens: Screens) -> None:
    page = playlist(screens(), A, B)
    begin(page)
    for wall in (A, B, A):
        expect(page.locator(SHOWN)).to_have_attribute("src", wall)
        seen = page.frame_locator(SHOWN)
        assert seen.locator("[data-at=hero-number]").text_content() == "¥12.27"
        assert seen.locator(".plot svg").count() > 0
        assert page.locator("iframe").count() <= 2
        assert page.title() == seen.locator("title").text_content()
        turn(page)


def test_one_that_cannot_be_drawn_is_never_seen(screens: Screens) -> None:
    screen = screens()
    page = playlist(screen, A, "/wall/nowhere/")
    page.route("**/wall/nowhere/", lambda route: route.abort("failed"))
    begin(page)
    page.clock.run_for(1_500)
    expect(page.locator(COMING)).to_have_attribute("src", "/wall/nowhere/")
    page.clock.run_for(18_000)
    expect(page.locator(SHOWN)).to_have_attribute("src", A)
    page.clock.run_for(3_000)  # it had 20 s
    expect(page.locator(COMING)).to_have_count(0)
    expect(page.locator(SHOWN)).to_have_attribute("src", A)
    screen.reachable = False  # what the browser says of the wall that is not there
    screen.complaints.clear()


def test_a_milestone_holds_its_wall(screens: Screens) -> None:
    page = playlist(screens(), A, B)
    begin(page)
    main = page.frame_locator(SHOWN).locator("main")
    main.evaluate("one => one.classList.add('taken')")
    turn(page)
    page.clock.run_for(3_000)
    expect(page.locator(SHOWN)).to_have_attribute("src", A)
    main.evaluate("one => one.classList.remove('taken')")
    page.clock.run_for(500)
    expect(page.locator(SHOWN)).to_have_attribute("src", B)


def test_with_reduced_motion_one_wall_simply_follows_another(screens: Screens) -> None:
    page = playlist(screens(reduced_motion="reduce"), A, B)
    page.evaluate("() => { Element.prototype.animate = () => { throw new Error('moved'); }; }")
    begin(page)
    expect(page.locator(SHOWN)).to_have_attribute("src", A)
    turn(page)
    expect(page.locator(SHOWN)).to_have_attribute("src", B)
    expect(page.locator("iframe")).to_have_count(1)


def test_a_wall_that_is_new_joins_once_no_milestone_is_shown(screens: Screens) -> None:
    page = playlist(screens(), A)
    begin(page)
    page.evaluate("document.body.dataset.old = true")
    main = page.frame_locator(SHOWN).locator("main")
    main.evaluate("one => one.classList.add('taken')")
    serve(page, B)
    for _ in range(3):
        page.clock.run_for(1_000)
        answered(page)
    expect(page.locator("body[data-old]")).to_have_count(1)
    main.evaluate("one => one.classList.remove('taken')")
    page.clock.run_for(500)
    answered(page)
    page.clock.run_for(500)
    expect(page.locator("body[data-old]")).to_have_count(0)
    begin(page)
    expect(page.locator(SHOWN)).to_have_attribute("src", B)


def test_an_answer_that_is_no_playlist_changes_nothing(screens: Screens) -> None:
    page = playlist(screens(), A)
    begin(page)
    page.evaluate("document.body.dataset.old = true")
    page.route("**/walls/", lambda route: route.fulfill(body="<title>Guest network</title>"))
    for _ in range(3):
        page.clock.run_for(1_000)
        answered(page)
    expect(page.locator("body[data-old]")).to_have_count(1)
