"""S20, H27: hostile names that were posted to a real board."""

from playwright.sync_api import Browser, expect

from tests.boards import Board
from tests.browser.hostile import LONG, NAMES, harm
from tests.browser.layout import overflowing
from tests.browser.posting import a_payment, logged_in, shell


def test_hostile_names_that_were_posted_reach_no_public_wall_and_staff_see_them_clean(
    board: Board, browser: Browser
) -> None:
    key = board.create_campaign("hostile", name=LONG[:80], currency="CNY")["ingest_key"]
    events = [
        a_payment(
            f"{number}",
            200_00 - number,
            **dict.fromkeys(("category", "region", "platform", "merchant"), name),
        )
        for number, name in enumerate(NAMES)
    ]
    answer = board.post("hostile", key, events)
    assert (answer.status_code, answer.json()["accepted"]) == (202, len(NAMES))
    shell(board, "hostile", LABEL.format(key=NAMES[0]))
    with logged_in(board, browser) as context:
        wall = context.new_page()
        wall.goto(f"{board.url}/wall/hostile/?lang=en")
        # By value: all that nobody has named comes first.
        expect(wall.locator(".split .who")).to_have_text(["Other", "Curated"], timeout=60_000)
        assert harm(wall) == []
        staff = context.new_page()
        staff.goto(f"{board.url}/staff/hostile/?lang=en")
        expect(staff.locator("[data-at=breakdowns] tr").nth(5)).to_be_visible(timeout=60_000)
        assert harm(staff) == []
        assert overflowing(staff) == []


LABEL = "Label.objects.create(campaign=campaign, dimension='platform', key={key!r}, name='Curated')"
