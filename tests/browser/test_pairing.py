"""A wall that nobody knows yet: it shows a code, and turns into the wall once staff confirm it."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.boards import Board
from tests.browser.conftest import Screens
from tests.browser.layout import collisions, outside, texts

CODE = re.compile(r"^\w{3}-\w{3}$")


def watched(page: Page) -> list[str]:
    """What the page sends as addresses and Referers, as it goes along."""
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.append(request.url)
        sent.append(request.headers.get("referer", ""))

    page.on("request", note)
    page.on("websocket", lambda one: sent.append(one.url))
    return sent


def test_an_unpaired_wall_shows_a_code_and_becomes_the_wall_once_it_is_confirmed_s14(
    board: Board, browser: Browser
) -> None:
    """S14, H25: neither code nor token is in an address, a Referer or the log."""
    made = board.create_campaign("unpaired", currency="CNY", visibility="token")
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    complaints: list[str] = []
    page.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
    sent = watched(page)
    page.goto(f"{board.url}/wall/unpaired/?lang=en")
    shown = page.locator("[data-at=code]")
    expect(shown).to_have_text(CODE)
    expect(page.locator("[data-at=where]")).to_contain_text("/staff/unpaired/")
    code = shown.inner_text()
    told = json.loads(board.manage("pair", code, "--name", "Hall A").stdout)
    assert (told["campaign"], told["name"]) == ("unpaired", "Hall A")
    expect(page.locator("[data-at=digits]")).to_have_text("¥0")
    page.reload()
    expect(page.locator("[data-at=digits]")).to_have_text("¥0")
    assert complaints == []
    (cookie,) = [one for one in page.context.cookies() if one["name"] == "gmv_wall_unpaired"]
    posted = board.http.post(
        "/api/v1/campaigns/unpaired/events",
        json={},
        headers={"Cookie": f"{cookie['name']}={cookie['value']}"},
    )
    assert (posted.status_code, made["slug"]) == (401, "unpaired")
    said = "\n".join([*sent, board.log()])
    assert [one for one in (code, code.replace("-", ""), cookie["value"]) if one in said] == []
    board.manage("unpair", str(told["screen"]))
    page.reload()
    expect(shown).to_have_text(CODE)
    page.context.close()


@pytest.mark.parametrize("lang", ["en", "zh-hans"])
def test_the_code_is_read_from_afar_on_every_shape(screens: Screens, lang: str) -> None:
    screen = screens(lang=lang, template="pairing.html")
    host = "board.a-rather-long-name.example.com:8443"
    screen.config = {
        "pairing": "/wall/festival/pairing",
        "confirm": f"{host}/staff/double11-2012-the-whole-festival/",
        "csrf": "",
    }
    answer = {"paired": False, "code": "MWMWMW", "seconds_left": 581}
    screen.page.route("**/pairing", lambda route: route.fulfill(json=answer))
    page = screen.open()
    expect(page.locator("[data-at=code]")).to_have_text("MWM-WMW")
    page.evaluate("document.fonts.ready.then(() => true)")
    for width, height in [(1280, 720), (1280, 800), (2560, 1080), (3840, 1080)]:
        page.set_viewport_size({"width": width, "height": height})
        assert (outside(page), collisions(page)) == ([], [])
        assert page.evaluate("document.documentElement.scrollHeight") == height
        by_text = {one["text"]: one["size"] / height for one in texts(page)}
        assert min(by_text.values()) >= 0.036
        assert by_text["MWM-WMW"] >= 0.25


def test_a_wall_whose_right_has_ended_is_opened_anew_and_so_shows_a_code(screens: Screens) -> None:
    screen = screens()
    page = screen.open()
    expect(page.locator("[data-at=hero-number]")).not_to_have_text("—")
    with page.expect_navigation():
        screen.end_access()
    assert [url for url in screen.requests if url.endswith("/wall/festival/")][1:]


@pytest.mark.parametrize("answer", [{"json": {"paired": True}}, {"status": 403}])
def test_a_page_that_is_not_served_is_not_left(screens: Screens, answer: dict[str, Any]) -> None:
    screen = screens(template="pairing.html")
    screen.config = {"pairing": "/wall/festival/pairing", "confirm": "", "csrf": ""}
    page, up = screen.page, False
    code = {"json": {"paired": False, "code": "MWMWMW", "seconds_left": 581}}
    page.route("**/pairing", lambda route: route.fulfill(**code))
    page = screen.open()
    expect(page.locator("[data-at=code]")).to_have_text("MWM-WMW")
    page.route("**/wall/festival/", lambda one: one.fallback() if up else one.fulfill(status=503))
    page.evaluate("document.body.dataset.old = true")
    page.route("**/pairing", lambda route: route.fulfill(**answer))
    for _ in range(2):
        with page.expect_response("**/wall/festival/"):
            pass
    expect(page.locator("body[data-old]")).to_have_count(1)
    up = True
    expect(page.locator("body[data-old]")).to_have_count(0)
    screen.complaints.clear()
