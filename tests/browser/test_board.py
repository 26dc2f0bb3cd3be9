"""The whole path, seen by a person: an event is posted, and a real browser's total moves."""

from datetime import UTC, datetime

from playwright.sync_api import Browser, expect

from tests.boards import Board


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
