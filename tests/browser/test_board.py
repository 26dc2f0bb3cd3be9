"""The whole path, seen by a person: an event is posted, and a real browser's total moves."""

from datetime import UTC, datetime

from playwright.sync_api import Browser, expect

from tests.boards import Board
from tests.browser.posting import logged_in, shell


def test_a_payment_that_is_posted_moves_the_total_on_the_wall(
    board: Board, browser: Browser
) -> None:
    made = board.create_campaign("seen", currency="CNY")
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    complaints: list[str] = []
    page.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{board.url}/wall/seen/?lang=en")
    expect(page.locator("[data-at=digits]")).to_have_text("¥0")
    payment = {
        "id": "1",
        "type": "payment.succeeded",
        "occurred_at": datetime.now(UTC).isoformat(),
        "amount": 123_456_78,
        "currency": "CNY",
        "platform": "shop",
    }
    assert board.post("seen", made["ingest_key"], payment).status_code == 202
    expect(page.locator("[data-at=digits]")).to_have_text("¥123,456")
    board.post("seen", made["ingest_key"], [payment, {**payment, "id": "2", "amount": 1_00}])
    expect(page.locator("[data-at=digits]")).to_have_text("¥123,457")
    assert complaints == []
    page.context.close()


def test_a_post_is_approved_and_all_is_stopped_and_another_page_sees_both(
    board: Board, browser: Browser
) -> None:
    board.create_campaign("posted", currency="CNY")
    shell(board, "posted", _TRIALS)
    with logged_in(board, browser) as context:
        page, other = context.new_page(), context.new_page()
        for one in (page, other):
            one.goto(f"{board.url}/staff/posted/posts/?lang=en")
            expect(one.locator(".entry")).to_have_count(2)
        page.keyboard.press("j")
        page.keyboard.press("a")
        for one in (page, other):
            expect(one.locator("[data-at=history] .state-mark")).to_contain_text("Sent")
            expect(one.locator(".entry")).to_have_count(1)
        page.locator("[data-at=stop]").click()
        expect(other.locator("[data-at=stop-state]")).to_have_text("All posting is stopped")
        page.locator("[data-at=stop]").click()
        page.get_by_role("button", name="Yes, resume").click()
        expect(other.locator("[data-at=stop-state]")).to_have_text("Posting is on")


# Two feeds, dry runs, with a trial post each.
_TRIALS = """
from dashboard.alerts import trials
from dashboard.store import feeds
from dashboard.store.decisions import Decision
from gmvboard.clock import now_ms
for name in ("one", "two"):
    feed = Feed(campaign=campaign, name=name, service="telegram")
    feeds.set_account(feed, {"chat": "@festival", "token": "12345:" + "a" * 35}, ["token"])
    feed.save()
    trials.propose(feed, Decision("staff", now_ms()))
"""
