"""S19: no page of a real board violates its own content security policy, and all is ours."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.boards import Board
from tests.browser.posting import a_payment, logged_in

SLUG = "policy"
NOTE = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""
READY = {
    "/wall/{slug}/?lang=zh-hans": "[data-at=plot] svg",
    "/wall/{slug}/?still=1": "main[data-drawn]",
    "/staff/{slug}/": "[data-at=plot] svg",
    "/staff/{slug}/posts/": "[data-at=stop-state] b",
    "/walls/?show={slug},{slug}:zh-hans&every=10": "iframe[title]:not(.coming, .leaving)",
    "/admin/": "#content",
}


@pytest.fixture(scope="module")
def staff(board: Board, browser: Browser) -> Iterator[BrowserContext]:
    """Pages of a member of staff; there is a campaign with a payment."""
    key = board.create_campaign(SLUG, currency="CNY")["ingest_key"]
    board.post(SLUG, key, a_payment("1", 100_00))
    with logged_in(board, browser) as context:
        context.add_init_script(NOTE)
        yield context


@pytest.mark.parametrize("path", READY)
def test_no_page_violates_its_policy_or_asks_others_for_a_file(
    board: Board, staff: BrowserContext, path: str
) -> None:
    page = staff.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(board.url + path.format(slug=SLUG))
    expect(page.locator(READY[path]).first).to_be_attached(timeout=60_000)
    assert violations(page) == []
    elsewhere = {
        url
        for url in asked
        if urlsplit(url).scheme in {"http", "https"} and not url.startswith(board.url)
    }
    assert elsewhere == set()


def violations(page: Page) -> list[str]:
    """What the browser noted in the page, and in the frames that it holds."""
    found = [frame.evaluate("window.violations ?? ['no note']") for frame in page.frames]
    return [one for of_frame in found for one in of_frame]
